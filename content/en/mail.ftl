# How letters travel.
envelope-name = Your full name
envelope-street = Your street
envelope-town = Your town
mail-arrives = What arrives
mail-arrives-original = The letter itself arrives.
mail-arrives-copy = A copy on paper arrives, not the letter itself.
mail-arrives-screen = A scan on a screen arrives. The paper does not reach the person.
mail-arrives-screen-or-copy = A scan on a screen arrives, or a print for someone who has none. The paper itself does not reach the person.
mail-arrives-original-or-copy = In some places the letter itself arrives, in others a copy on paper.
mail-arrives-original-or-screen = In some places the letter itself arrives, in others a scan on a screen.
mail-arrives-unknown = We do not know for certain what arrives: the letter itself, a copy, or a scan on a screen.
mail-shade-color = Its colors arrive too.
mail-shade-gray = It is in black and white.
mail-opened-staff = Staff of the prison open and read it.
mail-opened-staff-in = Staff open and read it in { $place }.
mail-opened-company = A company that the agency pays opens it.
mail-opened-company-in = A company that the agency pays opens it in { $place }.
mail-opened-by = A company, { $company }, opens it for the agency.
mail-opened-by-in = A company, { $company }, opens it for the agency in { $place }.
mail-rules = Rules for letters
mail-rule-pages = { $count ->
    [one] One page at most in one envelope.
   *[other] At most { $count } pages in one envelope.
}
mail-rule-sheets = { $count ->
    [one] One sheet at most in one envelope; both sides may be used.
   *[other] At most { $count } sheets in one envelope; both sides may be used.
}
mail-rule-sides = { $count ->
    [one] One written side at most in one envelope.
   *[other] At most { $count } written sides in one envelope: a sheet with both sides written counts as two.
}
mail-rule-with-envelope = { $count ->
    [one] Send one sheet: the envelope is copied too, and counts as a page.
   *[other] Send at most { $count } sheets: the envelope is copied too, and counts as a page.
}
mail-rule-photos = { $count ->
    [0] No photos.
    [one] One photo at most in one envelope.
   *[other] At most { $count } photos in one envelope.
}
mail-services = E-messages
mail-no-services = There is no e-message service here. Post is the way.
mail-services-unknown = We do not know whether an e-message service works here. Ask { $agency }, or write by post.
mail-unknown = We do not know for certain how post travels here today. Ask { $agency } before you send a letter.
mail-checked = Mail rules checked on { $day }.
mail-source = See the agency’s own page
service-writer-first = You write first.
service-person-first = They must add you before you can write, so send a letter first.
service-needs = You need { $needs }.
service-cost = { $cost }.
service-limit = Up to { $limit } characters in one message.
service-sign-up = Go to { $name }
