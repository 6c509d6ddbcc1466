"""The shape of the plan language and its words in each human language: data, no code."""
