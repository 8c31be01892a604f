"""Files that citizens send about a case: sealed (봉인) from the moment they arrive.

They lie on the disk encrypted, under names and times of no meaning. A file belongs to a draft until
the draft is sent (``services.claim``) and is erased after two hours otherwise. Nobody opens one
that the virus scanner has not passed. The pages use ``uploads``, ``services`` and ``serving``.
"""
