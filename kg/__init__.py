"""kg: news articles become a knowledge graph of geopolitical relations in which every edge can be defended."""

__version__ = "0.1.0"
