"""What happened, told in words: to each person their own, to administrators the company's, to the fund everything."""
