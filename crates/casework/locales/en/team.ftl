team-title = Team
team-people = { $n } people
team-loads = What everybody holds
team-col-name = Who
team-col-open = Open
team-col-overdue = Overdue
team-col-soon = Due soon
team-col-here = Today
team-manager = manager
team-here = here
team-away = away, { $name } stands in
team-stands-for = stands in for { $name }
team-days = { $from } to { $to }
team-pool = Not claimed yet
team-pool-note = whoever has time claims them
team-ungiven = Not given yet
team-ungiven-note = the manager gives them
team-load = { $open } open, { $overdue } overdue, { $today } due today
team-load-away = ; away today, { $name } stands in
team-name-with-load = { $name } ({ $load })
team-mode = How new matters are shared out
team-mode-shared = In one pool, everybody claims
team-mode-shared-hint = Everybody sees what is new; whoever takes it works on it.
team-mode-given = The manager gives them
team-mode-given-hint = What is new comes to the manager first and is given to a person; nobody claims.
team-mode-save = Save
team-mode-done-shared = Saved: everybody claims what is new
team-mode-done-given = Saved: the manager gives what is new
team-blocked-claim = Here the manager gives the matters; nobody claims or passes them on. Ask the manager to give it to you.
team-nobody = Nobody was chosen, or that person no longer works here
team-same-person = The two must be different people
team-deputy-missing = Choose who stands in
team-holder-missing = Choose who hands over
team-receiver-missing = Choose who receives
team-choose = Please choose
team-absences = Absences and deputies
team-absences-note = They end by themselves after the last day
team-absences-none = Nobody is away or will be.
team-alone = Only one person works here, so nobody can stand in. Invite a colleague first.
team-absence-line = { $name } is away, { $deputy } stands in
team-absence-now = now
team-absence-later = later
team-absence-end = { $name } is back
team-absence-cancel = Take back { $name }’s absence
team-absence-new = Enter an absence
team-absence-who = Who is away
team-absence-from = First day
team-absence-to = Last day
team-absence-deputy = Who stands in
team-absence-deputy-hint = Meanwhile all open and new matters also stand in the deputy’s inbox, firms read the deputy’s name, and steps are recorded as the deputy’s own.
team-absence-save = Enter
team-absence-done = Entered; the deputy was told
team-back-done = This absence has ended
team-wrong-from = The first day must be today or later
team-wrong-to = The last day cannot be before the first, nor more than a year on
team-own-deputy = Nobody stands in for himself or herself
team-away-twice = An absence in these days is entered already
team-stands-in = In these days this person stands in for somebody; change that first
team-deputy-away = The deputy is away in these days too
team-notice-deputy = { $name } is away from { $from } to { $to }; you stand in, the matters appear in your inbox
team-notice-absence = Your manager entered you as away from { $from } to { $to }
team-notice-given = Given to you: { $number } { $title }
team-notice-given-many = { $n } matters were given to you; see your inbox
team-hand-over = Hand everything over
team-hand-over-note = Everything somebody has not finished goes to a colleague at once, when that person moves or leaves.
team-hand-over-from = From
team-hand-over-to = To
team-hand-over-verb = Hand over
team-hand-over-none = Nobody holds anything now, or nobody else could take it.
team-hand-over-done = { $n ->
    [one] { $n } matter handed over
   *[other] { $n } matters handed over
}
team-holds = { $n ->
    [one] { $name }, { $n } matter
   *[other] { $name }, { $n } matters
}
team-give = Give to a person
team-give-title = Who works on it
team-give-count = { $n ->
    [one] { $n } matter
   *[other] { $n } matters
}
team-give-empty = Nothing to give: pick matters that wait for your office, in the inbox.
team-give-whom = To whom
team-give-nobody = Nobody is chosen yet
team-give-back = Back to the pool
team-give-back-hint = held by nobody until claimed or given
team-give-verb = { $n ->
    [one] Give { $n } matter
   *[other] Give { $n } matters
}
team-give-none = Nothing was given: that person holds it already, or somebody was faster
team-given = { $n ->
    [one] { $n } matter given
   *[other] { $n } matters given
}
team-nobody-holds = nobody has it yet
team-held-by = now with { $name }
team-inbox-red = Red: { $n } overdue
team-inbox-yellow = Yellow: { $n } close to due
team-tab-soon = Close to due
team-turn-deputy = You, for { $name }
team-turn-away = { $name } ({ $deputy } stands in)
team-turn-ungiven = Your office, to be given
