### Frame, parts, dates

web-name = Huiqi Cloud
web-network = Service network for small firms, Xiamen
web-workbench = Workbench
web-skip = Skip to content
web-sample-note = Sample data: organisations, people, phone numbers and figures are invented.
web-search = Search
web-desk-search = Search numbers, firms and texts
web-desk-search-hint = Number, firm or text
web-other-language = 中文
web-nav = Main
web-nav-desk = Workbench
web-nav-below = This part
web-where = You are here
web-sign-in = Sign in
web-sign-out = Sign out
web-notices = Notices
web-unread = unread
web-account = My account
web-acting = You are working as “{ $role }”.
web-acting-change = What you can see and do changes with the role.
web-act-as = Work as { $role }
web-say-offline = The connection is down and nothing was sent. What you wrote is still on this page; send it again once you are back online.
web-say-kept = What you wrote last time was not sent. It is back in its place; look at it, then send.
web-say-files = Pictures and files have to be picked again.
web-say-discard = Clear it
web-say-online = The connection is back; you can send it now.

## Foot
web-foot-ask = Somebody to ask
web-foot-hotline = Hotline
web-foot-hall = Service hall: { $place }
web-foot-guide = Guided by { $name }
web-foot-manage = Managed by { $name }
web-foot-operate = Operated by { $name }
web-foot-paper = Printed papers bear no seal. Those with a QR code can be checked by it, or by the number and code beside it.
web-today-is = Today is { $weekday }, { $date }
web-today-is-working = Today is { $weekday }, { $date }, a working day
web-today-is-off = Today is { $weekday }, { $date }, not a working day
web-made-at = Page made at { $time }

## Dates
web-date = { $day } { $month }
web-date-full = { $day } { $month } { $year }
web-date-act = { $weekday }, { $date }
web-moment = { $date }, { $time }
web-today = today
web-tomorrow = tomorrow
web-month-1 = January
web-month-2 = February
web-month-3 = March
web-month-4 = April
web-month-5 = May
web-month-6 = June
web-month-7 = July
web-month-8 = August
web-month-9 = September
web-month-10 = October
web-month-11 = November
web-month-12 = December
web-month-short-1 = Jan
web-month-short-2 = Feb
web-month-short-3 = Mar
web-month-short-4 = Apr
web-month-short-5 = May
web-month-short-6 = Jun
web-month-short-7 = Jul
web-month-short-8 = Aug
web-month-short-9 = Sep
web-month-short-10 = Oct
web-month-short-11 = Nov
web-month-short-12 = Dec
web-weekday-1 = Monday
web-weekday-2 = Tuesday
web-weekday-3 = Wednesday
web-weekday-4 = Thursday
web-weekday-5 = Friday
web-weekday-6 = Saturday
web-weekday-7 = Sunday
web-weekday-short-1 = Mon
web-weekday-short-2 = Tue
web-weekday-short-3 = Wed
web-weekday-short-4 = Thu
web-weekday-short-5 = Fri
web-weekday-short-6 = Sat
web-weekday-short-7 = Sun

## What is left
web-left = { $n ->
    [one] 1 working day left
   *[other] { $n } working days left
}
web-left-with-today = { $n ->
    [one] 1 working day left, today included
   *[other] { $n } working days left, today included
}
web-left-short = { $n ->
    [one] 1 working day left
   *[other] { $n } working days left
}
web-left-short-with-today = { $n ->
    [one] 1 working day left
   *[other] { $n } working days left, incl. today
}
web-due-today = Due today
web-over = { $n ->
    [one] 1 working day over
   *[other] { $n } working days over
}
web-over-now = Overdue

## How a due day was counted
web-how-title = How { $date } was counted
web-how-intro = The limit is { $n ->
    [one] 1 working day
   *[other] { $n } working days
}: the first is { $first }, the last is { $last }, until 24:00. Days off, holidays and suspended days do not count; weekend days worked in exchange do.
web-how-provisional = This day is provisional: the holidays of { $year } have not been entered yet. Until then Monday to Friday count; it will be counted again.
web-days-start = start day, not counted
web-days-start-word = { $what }, not counted
web-days-nth = day { $n }
web-days-nth-provisional = day { $n }, provisional
web-days-off = not counted
web-days-off-many = { $n } days not counted
web-days-paused = suspended, not counted
web-days-paused-head = suspended
web-days-weekend = weekend
web-days-holiday = { $name }
web-days-stoppage = work stopped: { $reason }
web-days-worked = { $weekday }, worked
web-days-today = { $weekday }, today
web-days-due = { $weekday }, due
web-days-due-today = { $weekday }, due today

## Parts
web-take-off = , take off
web-errors = { $n ->
    [one] One thing to change before you can go on
   *[other] { $n } things to change before you can go on
}
web-standing = Where the case stands
web-optional = optional
web-written = { $n } characters written, { $max } at most
web-filter = Filter
web-pick-all = Select all on this page
web-picked = { $n } selected
web-pager = Pages
web-prev = Previous page
web-next = Next page
web-pager-all = { $n } in all
web-pager-of = { $n } of { $total }
web-pager-shown = { $n } on this page
web-step-of = Step { $step } of { $of }
web-copy = Copy
web-copied = Copied
web-keys = By keyboard alone
web-keys-help = Tab moves on, space selects, enter opens. Where scripts run there are also J and K for down and up, X to select, / for the search and ? for this text.
web-print-line = Huiqi Cloud { $what }, { $number }. Printed on { $at } by { $who }. The record online counts.

## Charts
web-chart-title = { $title }; the figures are in the table

## Papers
web-paper-print = Print
web-paper-download = Download { $kind }
web-paper-number = Number
web-paper-code = Query code
web-paper-qr = QR code that leads to the check of this paper
