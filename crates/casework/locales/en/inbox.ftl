inbox-title = Inbox
inbox-all-title = All matters
inbox-count = { $n ->
    [one] 1 matter for you
   *[other] { $n } matters for you
}
inbox-all-count = { $n ->
    [one] 1 matter you may see
   *[other] { $n } matters you may see, newest first
}
inbox-by-due = By due date
inbox-tab-all = All
inbox-tab-new = New today
inbox-tab-overdue = Overdue
inbox-tab-today = Due today
inbox-tab-waiting = With others
inbox-empty = Nothing is waiting for you. New matters will appear here, and in your notices.
inbox-empty-filtered = Nothing fits these filters. Try wider ones.
inbox-empty-waiting = Nothing is waiting for somebody else.
inbox-kind = Kind
inbox-all-kinds = All kinds
inbox-district = District
inbox-all-districts = Whole city
inbox-category = Category
inbox-all-categories = All categories
inbox-state = Step
inbox-all-states = All
inbox-q = Number, firm or words
inbox-batch = Act on the picked ones together
inbox-batch-note = Acceptance is decided one by one, never in a batch
inbox-claim = I take these
inbox-urge = Urge
inbox-caption = Matters by due date
inbox-all-caption = Matters, newest first
inbox-pick = Pick
inbox-pick-one = Pick { $number }
inbox-number = Number
inbox-what = Matter
inbox-firm = Firm
inbox-no-firm = No firm named
inbox-order-to = to { $whom }
inbox-hidden-firm = Report, not shown
inbox-turn = Whose turn
inbox-due = Due
inbox-redo = Again
inbox-group-overdue = Overdue
inbox-group-today = Due today
inbox-group-week = Due within seven days
inbox-group-later = Due later
inbox-group-held = No limit running
inbox-provisional = Provisional
inbox-paused = Suspended
inbox-paused-left = { $n ->
    [one] 1 working day left afterwards
   *[other] { $n } working days left afterwards
}
inbox-no-due = No limit
inbox-turn-you = You
inbox-turn-pool = Your office, not yet claimed
inbox-turn-firm = The firm
inbox-turn-bureau = The bureau
inbox-turn-below = The handlers
inbox-turn-nobody = Finished
inbox-urged = { $n ->
    [one] 1 matter urged
   *[other] { $n } matters urged
}
inbox-urged-none = All picked ones were urged today already, or none was picked
inbox-claimed = { $n ->
    [one] 1 matter is yours now
   *[other] { $n } matters are yours now
}
inbox-claimed-none = Nothing to take: none picked, or somebody has them already
inbox-filter-name = Name these filters
inbox-filter-name-missing = The filters need a name
inbox-filter-save = Keep these filters
inbox-filter-saved = Filters kept
inbox-filter-remove = Remove “{ $name }”
inbox-tab-escalated = Escalated
inbox-up = Escalation
inbox-all-up = All
inbox-up-warned = Warned or higher
inbox-up-above = With the level above
