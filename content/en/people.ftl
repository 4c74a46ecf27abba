# Cards, lists, and a person's page.
card-paused = Letters may have to wait
browse-all-heading = Find someone to write to
browse-facility-heading = People at { $name }
browse-jurisdiction-heading = People in { $name }
browse-interest-heading = People who share an interest: { $name }
browse-count = { $count ->
    [0] Nobody is listed here at the moment.
    [one] { $count } person would like a letter. Everyone takes a turn at the top.
   *[other] { $count } people would like a letter. Everyone takes a turn at the top.
}
browse-order = How we order people
browse-people = People
browse-none = Come back in a few days, or look at another list.
browse-facility-mail = How mail reaches { $name }
browse-facility-agency = In { $place }. Run by { $agency }.
index-facilities-heading = Facilities
index-facilities-lead = Every facility with someone who would like a letter.
index-jurisdictions-heading = States
index-jurisdictions-lead = Every state with someone who would like a letter.
index-interests-heading = Interests
index-interests-lead = Start from something you like yourself.
pager = Pages of this list
pager-previous = Previous page
pager-next = Next page
person-title = Write to { $name }
person-description = { $name }, { $place }: in their own words, and where to send a letter.
person-likes = Likes
person-hopes = Hopes for
person-languages = Letters in
person-release = Release
person-release-year = Expected in { $year }
person-release-life = Serving a life sentence
person-release-unknown = Not known
person-facility = Lives at
person-listed = Listed since
person-paused = { $name } has many letters to answer right now. You may write, and your letter may have to wait.
person-came-back = { $count ->
    [one] A letter to { $name } came back in the last twelve months.
   *[other] Letters to { $name } came back on { $count } days in the last twelve months.
}
person-came-back-do = Before you post yours, look whether { $name } is still there, and copy every line of the envelope.
person-came-back-more = What to do when a letter comes back
person-photo = See the whole photo
person-report = Tell us if { $name } has moved or a letter came back
person-family = Are you { $name }’s family?
person-update = Change or take down this page
person-write = Write to { $name }
person-copy = Copy address
person-copied = The address is copied.
person-locator = Look { $name } up at the agency
person-safety-more = Writing safely
person-check-due = It is a while since we last checked this page ({ $day }). Look them up at the agency before you send a letter.
person-checked = Profile checked on { $day }.
person-not-checked = Not yet checked: we have not compared this page with the agency’s records. Look { $name } up at the agency before you send a letter.
