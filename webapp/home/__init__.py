"""The first page of PartnerWeb, before and after the upgrade."""
