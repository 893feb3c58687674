"""How fast the portal is: ``make bench`` measures it beside its own baseline and prints ratios. It fails nothing."""
