problem-flow = Common problem
problem-page-name = Page of a common problem
problem-list-title = Common problems
problem-list-lede = One problem of many firms: answered once, to all; what to change is proposed to the bureau, once.
problem-list-empty = No common problem has been gathered yet.
problem-new-title = Gather a common problem
problem-new-lede = At least two requests, closed ones too. Reports of wrongdoing are never gathered.
problem-new-verb = Gather
problem-batch = Common problem
problem-make = Make it a common problem
problem-print = Print
problem-col-title = Problem
problem-col-requests = Requests
problem-col-firms = Firms
problem-col-outcome = Outcome
problem-col-opened = Gathered
problem-col-district = District
problem-col-month = Month
problem-maybe = Possibly common problems
problem-maybe-note = in the last { $days } days, at least { $n } alike in one category
problem-maybe-none = Not so many alike requests lately.
problem-maybe-count = { $n } requests of { $firms } firms
problem-maybe-verb = Look and gather
problem-field-title = The problem in one line
problem-hint-title = One line, without names of firms or people
problem-field-description = What exactly
problem-hint-description = Which firms, where in the procedure, what happens
problem-field-picked = Requests gathered
problem-field-numbers = More requests
problem-field-more = Gather more
problem-hint-numbers = Numbers, parted by blanks or lines
problem-more-verb = Add
problem-unknown = { $number } was not found
problem-too-few = At least two requests are needed
problem-no-number = No number was given
problem-blocked-kind = { $number } cannot be gathered: only requests, and no reports of wrongdoing
problem-blocked-desk = { $number } is led by another desk
problem-blocked-pass = All gathered requests are answered, or cannot be answered now
problem-blocked-over = This common problem is over
problem-blocked-take-out = What got the answer of this problem stays in it
problem-recalled-words = A common problem, answered centrally; the assignment is recalled
problem-unmerge-words = Gathered under a common problem and answered separately
problem-state-found = Being opened
problem-state-gathered = Gathered, to be answered
problem-state-answered = Answered to all
problem-state-proposed = Proposed to the bureau
problem-state-adopted = Adopted, being carried out
problem-state-settled = Settled
problem-state-dissolved = No common problem
problem-action-open = Gather
problem-action-answer = Answer to all
problem-action-pass = Same answer to those who came later
problem-action-propose = Propose to the bureau
problem-action-settle = Settle without a proposal
problem-action-dissolve = Dissolve
problem-action-note = Take note
problem-action-adopt = Adopt
problem-action-reply = Answer in writing
problem-action-finish = Carried out
problem-outcome-noted = Taken note of
problem-outcome-adopted = Adopted
problem-outcome-answered = Answered in writing
problem-field-answer = The one answer
problem-field-proposal = What should be changed
problem-field-note = Remark
problem-field-adopt = How it will be carried out
problem-field-adopt-day = Carried out by
problem-field-reply = The written answer
problem-field-reply-day = Date of the written answer
problem-field-finish = What was done
problem-field-handlers = Also answer those already dispatched; their assignments are recalled
problem-hint-handlers = Unticked, the handlers go on with theirs
problem-note-answer = { $n ->
    [one] { $n } open request gets this answer; each firm confirms its own; not those returned to the firm
   *[other] { $n } open requests get this answer; each firm confirms its own; not those returned to the firm
}
problem-note-pass = { $n ->
    [one] { $n } request gathered later gets the same answer
   *[other] { $n } requests gathered later get the same answer
}
problem-note-propose = Once; the figures behind it are computed from the requests
problem-note-settle = Nothing to change beyond the answer
problem-note-dissolve = The requests go on separately
problem-note-note = Nothing has to be done; the firms are told and read your remark
problem-note-adopt = With a day by which it is done; the firms are told
problem-note-reply = Also why it is not adopted; the firms are told
problem-note-finish = The firms are told, and it is settled
problem-day-adopt = The day must be today or later
problem-day-reply = The date cannot lie after today
problem-done = Noted
problem-done-open = Gathered; the one answer can be written
problem-done-gather = { $n ->
    [one] { $n } request added
   *[other] { $n } requests added
}
problem-done-take-out = Taken out
problem-done-answer = { $n ->
    [one] { $n } request answered
   *[other] { $n } requests answered
}
problem-done-answer-some = { $n } answered, { $left } not possible now: returned to the firm, still with handlers, or led by another desk
problem-done-propose = The proposal lies with the bureau
problem-done-bureau = Noted. The firms that asked are told: by a notice where they have an account, otherwise when they look up their request
problem-notice-proposed = A proposal to decide about: { $number } { $title }
problem-notice-outcome = Your { $number } ({ $title }) is a common problem; the bureau has decided. See your request
problem-notice-finished = What your { $number } ({ $title }) pointed at has been carried out. See your request
problem-notice-back = The bureau has dealt with { $number } { $title }
problem-notice-recalled = { $number } ({ $title }) was answered as a common problem; your assignment is recalled
problem-say-gathered = { $n ->
    [one] Gathered, waiting for the one answer; { $n } request is open.
   *[other] Gathered, waiting for the one answer; { $n } requests are open.
}
problem-say-answered = Answered to all. Propose to the bureau what should change, or settle it.
problem-say-proposed = The proposal lies with the bureau, to be dealt with by { $day }.
problem-say-adopted = The bureau adopted it and carries it out by { $day }.
problem-say-closed = Settled: { $outcome }.
problem-say-settled = Settled after the answer, without a proposal.
problem-say-dissolved = No common problem; the requests go on separately.
problem-step-gather = Gathered
problem-step-answer = Answered
problem-step-propose = Proposed
problem-step-bureau = Carried out
problem-step-close = Settled
problem-answer = The one answer
problem-proposal = Proposal
problem-reply = What the bureau says
problem-finished = How it was carried out
problem-by-day = Adopted, by { $day }
problem-dated = Answered in writing, { $day }
problem-basis = Basis
problem-basis-at = computed from the requests, { $day }
problem-tile-requests = Requests gathered
problem-tile-firms = Firms that asked
problem-by-district = By district
problem-by-month = By month of asking
problem-no-district = District not given
problem-month = { $month } { $year }
problem-requests = Requests gathered
problem-got-answer = got the one answer
problem-along = merged into one of these, counted along
problem-take-out = Take { $number } out
problem-paper-name = Proposal sheet
problem-paper-verb = Proposal sheet
problem-paper-back = Back to the problem
problem-paper-title = Proposal: { $title }
problem-paper-to = To the bureau:
problem-paper-problem = The problem
problem-paper-basis = Figures
problem-paper-proposal = Proposal
problem-paper-count = { $n } requests of { $firms } firms in all.
problem-firm-together = The hub received { $n } requests with this problem and answers them together.
problem-firm-proposed = The hub received { $n } requests with this problem and made a proposal to the bureau; you will be told the result.
problem-firm-adopted = With { $n } such requests the bureau adopted a proposal, to be carried out by { $day }: { $said }
problem-firm-finished = With { $n } such requests the bureau adopted a proposal and carried it out: { $said }
problem-firm-answered = With { $n } such requests a proposal was made; the bureau answered on { $day }: { $said }
problem-firm-noted = With { $n } such requests a proposal was made; the bureau took note: { $said }
