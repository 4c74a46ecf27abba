# What is written when a page is taken down: a receipt for whoever asked, and the addresses for search engines.
removal-title = A page was taken down
removal-lead = This is your receipt. We have taken down the page at { $url }.
removal-marked = From { $time } on, its address says that the page was taken down.
removal-erased = By { $time }, the page, its photo and every older copy of them were deleted where our site is kept for visitors.
removal-erased-but-photo = By { $time }, the page and every older copy of it were deleted where our site is kept for visitors.
removal-photo-shared = The photo that was on it is also the one on somebody else’s page, and stays there. If you can be seen on it and do not want that, write to us, and we take it off that page too.
removal-purged = By { $time }, the network that carries our site had dropped its copies.
removal-forgotten = By { $time }, the lists, the search and the feed of our site had forgotten it.
removal-lists = The lists, the search and the feed of our site forget it when the site is next published.
removal-kept = Our editors still hold the profile, where nobody else can read it, in case it was taken down by mistake. From { $day } on they delete it. Earlier states of their files may hold it longer: write to us, and we take it out of those too.
removal-mark = What stays is a mark without a name. It tells us if somebody wants to list the same person again.
removal-search-engines = Search engines may show an old copy for some days. We ask them to forget these addresses:
removal-again = The page does not come back unless the person on it asks us for that.
removal-reference = Your reference is { $reference }.
removal-goodbye = With kind wishes,
removal-urls = Ask each search engine to forget these addresses, one by one, with its own form:
