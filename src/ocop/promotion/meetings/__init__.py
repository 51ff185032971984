"""Trade meetings: what buyers look for, who offers it, who meets whom, what came of it."""
