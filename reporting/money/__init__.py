"""From a figure of money to the vouchers behind it, and to what it pays for."""
