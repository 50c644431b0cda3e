"""Rules to a matcher: the only place that imports pypinyin, jieba, opencc and the decomposition table."""
