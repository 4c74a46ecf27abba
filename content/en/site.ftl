# The frame of every page.
skip = Skip to the page
sample-label = About this site
sample-heading = This is a sample site
sample-text = What you see here shows how the site works. All people here are invented, and so are the facilities and agencies that hold them, and all addresses. Please do not post letters to them, or to us. If a name or a number is like a real one, that is chance.
sample-banner = Sample: people and places are invented
menu = Main
menu-people = Find someone
menu-how = How it works
menu-register = Register
foot = More
foot-update = Change or take down a profile
foot-mine = Check what you sent
foot-report = Report a problem
foot-group-write = Write
foot-group-families = Families
foot-group-about = About us
foot-post = By post:
action-write = Find someone to write to
action-register = Register a loved one
contents = On this page
contact-heading = Reach us
crumbs = You are in
crumb-people = Find someone
page-number = Page { $page }
people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
feed-title = People who would like a letter
feed-subtitle = Newly listed people who agreed to be found
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
