"""Full-text search in everything that is published.

The way of a text: a published row gives its documents (``documents``: one file a feature), they
are written to the table of documents in the transaction of the change (``services``), and the
worker takes them over into the index of an engine (``indexing``). A question goes the other way:
it is taken apart (``analysis``, ``questions``), an engine names documents (``engines``), and what
the page shows of them is read from the table (``queries``). An index alone never reveals anything.

Words: document 문서, engine 검색 엔진, index 색인, synonym 동의어, suggestion 검색어 제안.
May import every feature below it; no feature imports it.
"""
