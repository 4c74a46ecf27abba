# How letters travel.
envelope-name = Your full name
envelope-street = Your street
envelope-town = Your town
mail-arrives = What arrives
mail-handling-delivered = Your letter itself, after staff have opened and read it.
mail-handling-photocopied = A black and white copy. Staff open the letter, copy it, and keep or destroy the original.
mail-handling-scanned = A scan on a screen. The letter is opened at a mail center, and the paper does not reach the person.
mail-rules = Rules for letters
mail-rule-pages = { $count ->
    [one] One page at most in one envelope.
   *[other] At most { $count } pages in one envelope.
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
