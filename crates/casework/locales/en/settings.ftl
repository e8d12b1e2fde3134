### settings: the parts all pages share
setting-title = Settings
setting-lede = Rule parameters, working calendar, site texts and recurring jobs
setting-aside = About this page
setting-you-can = You can
setting-role = { $role } ({ $place })
setting-program = The system
setting-only = Set by: { $roles }
setting-not-entered = Not entered yet
setting-list = What can be set
setting-year = { $year }
setting-state = State

### overview
setting-matters = What needs doing
setting-matters-none = Nothing needs doing: calendar, rule and jobs are in order.
setting-matter = Matter
setting-matter-by = Whose turn
setting-matter-others = Theirs to do
setting-matter-calendar =
    The calendar of { $year } is missing{ $count ->
    [0] {""}
    [one] ; { $count } running case has a provisional due date
   *[other] ; { $count } running cases have provisional due dates
    }
setting-matter-jobs = Jobs that have stopped: { $names }
setting-matter-failed =
    { $count ->
    [one] { $count } job has failed before; its message is on the jobs page
   *[other] { $count } jobs have failed before; their messages are on the jobs page
    }
setting-matter-jobs-verb = See the jobs
setting-matter-proposal = Version { $version } of the rule waits for a decision
setting-matter-proposal-verb = Decide
setting-weight = Weight
setting-weight-bad = Wrong now
setting-weight-warn = Will go wrong
setting-weight-look = Worth a look
setting-weight-waiting = Waiting
setting-rules-note = Limits, counts, refusal grounds, validity; one person proposes a change, another approves it
setting-calendar-note = Holidays, worked weekends and local stoppages; due dates of running cases are recounted at once
setting-site-note = Name, phones, hours, addresses and privacy text; in force as soon as saved
setting-jobs-note = What runs by itself, such as sealing, reminders and mail: when it ran and whether it failed

### site texts
setting-site-title = Site texts
setting-site-lede = Words in head, foot and at registration
setting-site-texts = Text by text
setting-site-name = Name of the site
setting-site-tagline = Tagline
setting-site-hotline = Hotline
setting-site-hours = Hours
setting-site-hall = Service hall
setting-site-guide = Who guides
setting-site-guide-phone = Phone of the guiding body (for reports, and complaints about the centre)
setting-site-manage = Who manages
setting-site-manage-phone = Phone of the managing body (for complaints about the operator)
setting-site-operate = Who operates
setting-site-filing = Filing number
setting-site-privacy = Privacy text
setting-site-in-chinese = In Chinese
setting-site-in-english = In English
setting-site-left-out = Empty, so left out of pages
setting-site-changed = changed by { $who }, { $at }
setting-site-save = Save the text
setting-site-saved = Saved. All pages use the new text from now on
setting-site-unchanged = The same as before, nothing changed
setting-site-error-empty = Both languages are needed
setting-site-error-other = Fill in this language too, or leave both empty
setting-site-error-lines = This text has one line only
setting-site-aside-effect = When it takes effect
setting-site-aside-effect-text = On saving. The texts before and after and who changed them stand in the audit log.
setting-site-aside-privacy = Before changing the privacy text
setting-site-aside-privacy-text = People read and agree to it when they register and first ask. Wider collection or use needs your own review first.
setting-site-aside-who = Who may change it

### versions of the rule
setting-flow-name = New version of the rule’s parameters
setting-state-proposed = Waiting for a decision
setting-state-approved = Approved
setting-state-rejected = Not approved
setting-state-withdrawn = Withdrawn
setting-state-current = In force now
setting-state-past = Replaced by a later version
setting-state-coming = Approved, not yet in force
setting-action-approve = Approve
setting-action-reject = Turn down
setting-action-withdraw = Withdraw
setting-refusal-own = You proposed this version; somebody else must decide
setting-refusal-past = Its first day has passed and nothing takes force backwards. Whoever proposed it should withdraw it and propose a later day
setting-refusal-open = Version { $version } still waits for a decision; propose again after that
setting-rules-title = Rule parameters
setting-rules-now = In force now
setting-rule = Rule
setting-version = Version
setting-version-name = Version { $version }
setting-version-title = Rule parameters, version { $version }
setting-validity = Validity
setting-shipped = Comes with the program
setting-shipped-decided = Needs no decision
setting-shipped-reason = The first version; where its values come from stands above
setting-open-proposal = Version { $version } was proposed by { $who }, to be in force from { $from }; the bureau has not decided yet. { $link }
setting-open-link = See what it changes
setting-parameters = Parameters by article
setting-parameters-of = Parameters of { $article }
setting-parameters-beside = { $count } in all, unfold to read
setting-article-fold = { $article } { $title } ({ $count })
setting-parameter = Parameter
setting-value = Value
setting-allowed = Allowed
setting-source = Where the value comes from
setting-source-rule = Stated by the rule
setting-source-law = Stated by another document
setting-source-proposed = Our proposal, for the bureau to confirm
setting-source-recalled = From memory, unverified
setting-source-changed = Changed by approval, was { $value }
setting-range = { $min }–{ $max }
setting-range-odd = , odd
setting-range-at-most = , at most “{ $name }”
setting-range-any = Text
setting-range-flag = yes or no
setting-grounds = Refusal grounds
setting-grounds-beside = A ground out of use cannot be chosen in new cases
setting-ground = Refusal: { $text }
setting-ground-text = Ground
setting-ground-ask = Whom to ask instead
setting-ground-state = In use
setting-ground-active = In use
setting-ground-inactive = Out of use
setting-history = All versions
setting-from = In force from
setting-from-hint = Not before today and not before the last version’s day
setting-proposed = Proposed by
setting-decided = Decided by
setting-decision = Words of the decision
setting-not-decided = Not decided yet
setting-reason = Reason
setting-reason-hint = Read by whoever decides and whoever looks it up later
setting-rests-on = Rests on
setting-rests-on-version = Based on version { $version }
setting-how = How it came about
setting-changes = What changes
setting-changes-beside =
    { $count ->
    [one] { $count } value
   *[other] { $count } values
    } against version { $version }
setting-before = Before
setting-after = After
setting-article = Article
setting-new-values = What to change
setting-new-values-beside = Unfold what you change, leave the rest
setting-propose = Propose a new version
setting-propose-submit = Send for decision
setting-look = Show what changes
setting-why-when = Why, and from when
setting-validity-fold = Validity and document number
setting-shipped-value = Shipped with: { $value }.
setting-shipped-range = Allowed: { $range }. Shipped with: { $value }.
setting-proposed-done = Version { $version } was sent to the bureau for a decision
setting-approved-done = Version { $version } is approved
setting-rejected-done = Version { $version } was turned down; whoever proposed it has been told why
setting-withdrawn-done = Version { $version } was withdrawn
setting-approve-note = Cases opened from { $from } on follow it; cases opened earlier do not change
setting-reject-note = Give a reason; whoever proposed it reads it
setting-reject-reason = Why not
setting-reject-submit = Turn it down
setting-withdraw-note = You may propose again afterwards
setting-aside-cases = Which cases it touches
setting-aside-cases-text = A case keeps the version it was opened under. A new version rules only cases opened from its first day on.
setting-aside-propose = Who may propose
setting-aside-decide = Who decides
setting-aside-decide-text = Never the person who proposed it.
setting-notice-proposed =
    Version { $version } of the rule parameters waits for your decision; { $count ->
    [one] { $count } value changes.
   *[other] { $count } values change.
    }
setting-notice-approved = Your version { $version } of the rule parameters was approved and is in force from { $from }.
setting-notice-rejected = Your version { $version } of the rule parameters was turned down: { $reason }
setting-key-document-number = Document number of the rule
setting-key-state = After the five years
setting-key-lapsed-on = Last day of the term
setting-key-document = Document under which work goes on
setting-key-until = Last day of the continuation
setting-key-replaced-by = The rule that replaces it
setting-key-replaced-on = First day of that rule
setting-state-hint = The end of the term never blocks a case; staff pages say so in one line
setting-validity-in-force = Within its term
setting-validity-continued = Lapsed, continued
setting-validity-replaced = Replaced by a new rule
setting-error-nothing-changed = This equals the version before; there is nothing to send
setting-error-from-past = The first day cannot lie before today
setting-error-from-before = The first day cannot lie before that of version { $version }, { $from }
setting-error-reason-missing = A reason is needed
setting-error-choose = Choose one
setting-error-date = Enter a date such as 2026-12-01
setting-error-not-a-number = Enter a whole number
setting-error-text-missing = This must not be empty
setting-error-too-small = Too small: at least { $min }
setting-error-too-large = Too large: at most { $max }
setting-error-not-odd = It must be odd
setting-error-exceeds = It may not exceed “{ $name }”
setting-error-long = Too long: at most { $max } characters
setting-error-no-ground = Leave at least one ground in use, or the desk has none to choose
setting-error-lapsed-early = Not before the rule took effect on { $from }
setting-error-until-early = Not before the last day of the term, { $lapsed }
setting-error-replaced-when = Say from which day the new rule holds
setting-error-not-replaced = Leave this empty unless the rule is replaced
setting-error-value = This value does not fit
setting-error-validity = The dates of validity contradict each other

### working calendar
setting-calendar-title = Working calendar
setting-calendar-lede = Holidays, worked weekends and stoppages that limits are counted by
setting-calendar-missing = The calendar of { $year } is missing
setting-calendar-missing-text =
    The State Council usually publishes it in November; please enter it then. { $count ->
    [0] No running case needs it yet.
    [one] { $count } running case has a provisional due date and is recounted when it arrives.
   *[other] { $count } running cases have provisional due dates and are recounted when it arrives.
    }
setting-calendar-add = Add a calendar year
setting-calendar-add-note = Send or paste a TOML file; it is taken only if it checks out
setting-calendar-template = Download a form for { $year }
setting-calendar-template-help =
    Days off in { $year }. document is the number of the notice;
    from and to are the first and last day off, both included; worked are weekend days worked in exchange.
    Names are those of the year before: delete what does not apply and fill in the days.
setting-calendar-file = Calendar file
setting-calendar-file-hint = .toml, UTF-8, at most 64 KB
setting-calendar-text = Or paste it here
setting-calendar-text-hint = A chosen file goes before what is pasted
setting-calendar-replace = The year was added before: replace it (for an amended notice)
setting-calendar-submit = Check and add
setting-calendar-done =
    { $year } was added; { $count ->
    [one] { $count } running case has
   *[other] { $count } running cases have
    } a new due date
setting-calendar-years = Years there are
setting-calendar-year = Year
setting-calendar-working-days = Working days
setting-calendar-document = Document
setting-calendar-origin = Entered by
setting-calendar-shipped = Comes with the program
setting-calendar-holidays = Days off in { $year }
setting-calendar-year-unknown = The calendar of { $year } is missing; only weekends are left out so far
setting-calendar-month = Month
setting-calendar-holiday = Holiday
setting-calendar-off = Days
setting-calendar-off-days = Number of days
setting-calendar-worked = Worked in exchange
setting-calendar-worked-none = None
setting-calendar-next = Next closure
setting-calendar-next-unknown = None in the calendar so far
setting-calendar-aside-effect = After a change
setting-calendar-aside-effect-text = Due dates of running cases are recounted at once; each one that moves says so in its timeline, with the day before and after.
setting-calendar-aside-who = Who may change it
setting-calendar-error-file = This file cannot be read: UTF-8 text of at most 64 KB is needed
setting-calendar-error-empty = Choose a file or paste its text
setting-calendar-error-line = Line { $line } cannot be read; compare it with the form
setting-calendar-error-unreadable = This cannot be read; compare it with the form
setting-calendar-error-year-range = { $year } is no year of such a calendar
setting-calendar-error-year-known = { $year } was added before. If the notice was amended, tick “replace it”
setting-calendar-error-shipped = { $year } comes with the program and cannot be entered again
setting-calendar-error-no-document = document must name the notice
setting-calendar-error-no-name = The holiday from { $from } lacks its Chinese or English name
setting-calendar-error-wrong-year = { $date } is not in { $year }
setting-calendar-error-back-to-front = The last day, { $to }, lies before the first, { $from }
setting-calendar-error-twice = { $date } is named twice
setting-calendar-error-not-a-weekend = { $date } is no Saturday or Sunday, so it is not worked in exchange
setting-calendar-error-off-and-worked = { $date } is both off and worked
setting-calendar-error-implausible = { $year } would have { $count } working days, which cannot be right; look for what is missing or doubled
setting-stoppages = Local stoppages
setting-stoppages-beside = Days stopped by a typhoon and the like do not count
setting-stoppages-none = No stoppage has been entered. When an order comes, enter it above.
setting-stoppage-days = Days
setting-stoppage-add = Enter a stoppage
setting-stoppage-add-note = Its days do not count; due dates of running cases move
setting-stoppage-from = First day
setting-stoppage-to = Last day
setting-stoppage-to-hint = Leave empty for one day
setting-stoppage-document = Document
setting-stoppage-document-hint = Its number or title
setting-stoppage-reason = Reason
setting-stoppage-reason-hint = Such as a typhoon; shown where a limit is explained
setting-stoppage-submit = Enter and recount
setting-stoppage-withdraw = Entered by mistake: remove
setting-stoppage-done =
    Entered; { $count ->
    [one] { $count } running case has
   *[other] { $count } running cases have
    } a new due date
setting-stoppage-withdrawn =
    Removed; { $count ->
    [one] { $count } running case has
   *[other] { $count } running cases have
    } a new due date
setting-stoppage-error-known = This stoppage has been entered already
setting-stoppage-error-off = These days are off anyway; there is nothing to enter
setting-stoppage-error-unfounded = The document and the reason are needed
setting-stoppage-error-too-long = { $days } days are too long to be meant; check the dates

### jobs
setting-jobs-title = Recurring jobs
setting-jobs-lede = What the system does by itself
setting-jobs-list = All jobs
setting-jobs-none = No job has run yet. They appear seconds after the program starts.
setting-job-name = Job
setting-job-last = Last run
setting-job-next = Next run
setting-job-next-soon = Now
setting-job-never = None
setting-job-runs = Runs
setting-job-done = Done
setting-job-failures = Failures
setting-job-failed = { $count }; the latest said:
setting-job-failed-none = None
setting-job-running = Running
setting-job-stuck = Stopped
setting-job-new = Not run yet
setting-job-well = In order
setting-job-gone = Not in this program any more
setting-job-run-now = Run now
setting-job-run-done = “{ $name }” starts within seconds
setting-job-every-seconds = every { $n } seconds
setting-job-every-minutes =
    { $n ->
    [one] every minute
   *[other] every { $n } minutes
    }
setting-job-audit-seal = Sealing the audit log
setting-job-refresh = Taking in settings changed elsewhere
setting-job-recount = Finishing a recount of due dates
setting-job-ladder = Reminders, urging, warnings and supervision

### audit log
setting-log-title = Audit log
setting-log-lede =
    { $open ->
    [0] All sealed, up to entry { $seq }
   *[other] Sealed up to entry { $seq }, { $open } more to be sealed
    }
setting-log-from = From
setting-log-to = To
setting-log-number = Number
setting-log-action = Action code or its beginning
setting-log-none = No entry fits. Widen the days or the filters.
setting-log-at = When
setting-log-who = Who
setting-log-what = What
setting-log-detail = Detail
setting-log-seq = Place
setting-log-open = Not sealed yet
setting-log-export = Export CSV
setting-log-person = Person number
setting-log-name = Name
setting-log-role = Role code
setting-log-code = Action code
setting-log-subject = Kind of record
setting-log-hash = Hash
setting-log-bearer = Holder of number and query code
setting-chain = The chain
setting-chain-head = Head, to be noted down elsewhere
setting-chain-none = Nothing is sealed yet
setting-chain-open = Not sealed yet
setting-chain-open-count = { $count } entries; they are sealed within seconds
setting-chain-export = Export
setting-chain-export-text = By the filters above, at most { $count } entries, newest first. An export is an entry itself
setting-verify = Verify the chain
setting-verify-note = Recomputes it from the first entry: nothing edited, inserted, moved or removed
setting-verify-head = A head noted earlier
setting-verify-head-hint = PLACE:HASH. With it a cut tail or a rewritten chain is found too
setting-verify-submit = Verify now
setting-verdict-title-good = The chain is sound
setting-verdict-title-bad = The chain is broken
setting-verdict-good = All { $good } sealed entries are right. { $open } more are not sealed yet.
setting-verdict-empty = Nothing is sealed yet; { $open } entries wait for it.
setting-verdict-altered = Entry { $seq } was edited, inserted or moved. The { $good } before it are right. Leave everything as it is and tell the security administrator.
setting-verdict-missing = Entry { $seq } is gone. The { $good } before it are right. Leave everything as it is and tell the security administrator.
setting-verdict-head = The noted entry { $seq } is not in this chain: its tail was cut off or it was rewritten. The { $good } entries checked agree with one another.
setting-error-head = Write it as PLACE:HASH; the hash has 64 characters
setting-done-step = { $flow }: { $step }
setting-done-site = Changed a site text
setting-done-year = Added a calendar year
setting-done-stoppage = Entered a stoppage
setting-done-stoppage-withdraw = Removed a stoppage
setting-done-job = Let a job run now
setting-done-propose = Proposed a version of the rule parameters
setting-done-verify = Verified the chain
setting-done-export = Exported the audit log

### words for codes of the audit log: place and what was done
setting-place-people = People
setting-place-organisations = Organisations
setting-place-signin = Sign-in
setting-place-notices = Notices
setting-place-case = Case
setting-place-enterprises = Enterprises
setting-place-providers = Providers
setting-place-products = Products
setting-place-windows = Windows
setting-place-imports = Import
setting-place-registers = Registers
setting-place-registration = Registration of firms
setting-place-rating = Rating
setting-place-files = Attachments
setting-did-created = created
setting-did-changed = changed
setting-did-renamed = renamed
setting-did-state = state changed
setting-did-capacity-added = capacity added
setting-did-window-created = window created
setting-did-window-renamed = window renamed
setting-did-window-state = state of window changed
setting-did-cluster = cluster changed
setting-did-account-set = account set
setting-did-invited = invited
setting-did-invitation-accepted = invitation accepted
setting-did-invitation-withdrawn = invitation withdrawn
setting-did-membership-added = membership added
setting-did-membership-ended = membership ended
setting-did-membership-verified = membership verified
setting-did-phone-revealed = phone shown in full
setting-did-reveal-phone = phone shown in full
setting-did-acting = changed whom they act as
setting-did-code-issued = one-time code issued
setting-did-password-changed = password changed
setting-did-password-reset = password reset
setting-did-session-ended = session ended
setting-did-sessions-ended = all sessions ended
setting-did-signed-in = signed in
setting-did-signed-out = signed out
setting-did-received = file received
setting-did-read = file read
setting-did-confirmed = confirmed
setting-did-applied = applied
setting-did-dropped = dropped
setting-did-failed = failed
setting-did-exported = exported
setting-did-registered = registered
setting-did-verified = verified
setting-did-refused = refused
setting-did-attach = file attached
setting-did-message = message written
setting-did-give = given on
setting-did-urge = urged
setting-did-ladder = ladder raised
setting-did-recount = due day recounted

setting-report-title = Who handles reports of breaches
setting-report-who = Named for reports
setting-report-none = Nobody is named yet: every officer and approver of the bureau sees reports now.
setting-report-named = { $n } named. Only they see reports and who reported; nobody else learns that there are any.
setting-report-save = Name these
setting-report-saved = { $n } named
setting-report-notice = You are named to handle reports of breaches; new ones appear in your inbox
setting-report-verb = Name who handles reports
setting-report-note = Reports are seen by the named persons only
setting-log-covered = A step that is not shown here
setting-moves = Due days that moved
setting-moves-list = Case by case
setting-moves-none = No due day has moved
setting-moves-case = Case
setting-moves-before = Before
setting-moves-after = Now
setting-moves-at = Counted anew
setting-moves-calendar = the calendar changed
setting-moves-count = { $n }
setting-moves-back = Back to the calendar
setting-moves-link = { $n } due days moved
setting-stoppage-look = See which due days would move
setting-stoppage-back-title = Take a stoppage back
setting-stoppage-back-submit = Take it back and recount
setting-stoppage-why = Why it is taken back
setting-stoppage-why-hint = Firms read this; for example: the order was lifted, the days were wrong
setting-preview-sure = Confirm
setting-preview-back = Leave it as it is
setting-preview-moves = Due days that would move
setting-preview-none = No due day would move
setting-preview-after = New day
setting-stoppage-why-missing = Say why in one sentence, at most { $max } characters
setting-preview-count = Nothing has moved yet. On confirming, { $n ->
    [one] one due day changes
   *[other] { $n } due days change
 }; firms and whoever’s turn it is are told
setting-papers-title = Texts of papers
setting-papers-note = What notices say; one person proposes, another decides
setting-papers-lede = A new text holds for papers issued after its approval; what was issued stays as it is
setting-paper-kind = Paper
setting-paper-version = Version
setting-paper-waiting = Waiting for approval
setting-paper-now = In use
setting-paper-before = Used before
setting-paper-zh = Chinese (this one counts)
setting-paper-en = English (a courtesy)
setting-paper-lede = When it is issued, the names in braces are filled in
setting-paper-lines = A paragraph a line; “# ” begins a heading, “- {"{"}name{"}"}” lists entries.{" "}
setting-paper-versions = All versions
setting-paper-state = State
setting-paper-reason = Why it changes
setting-paper-propose = Propose a new text
setting-paper-submit = Send to the bureau
setting-paper-propose-note = Nothing changes before approval
setting-paper-hint-en = Line by line the same conditions, headings and names as the Chinese text
setting-paper-open = Another text is waiting for approval already
setting-matter-paper = A new text of a paper waits for approval
setting-paper-nth = Version { $version }
setting-paper-proposed = Version { $version }, proposed
setting-paper-gone = Lines left out or changed
setting-paper-in-force = Version { $version }, in use
setting-paper-hint = What can be filled in: { $names }. Conditions at the beginning of a line: { $flags }; with ! before it: where it does not hold
setting-paper-size = At least one line, at most { $lines }, each of at most { $chars } characters
setting-paper-unknown = Line { $line }: nothing is filled in for { $name }; there are { $names }
setting-paper-condition = Line { $line }: there is no condition { $flag }; there are { $flags }
setting-paper-missing = It cannot be without { $name }
setting-paper-apart = From line { $line } on the English text does not match the Chinese one
setting-paper-reason-missing = Say why it changes, at most { $max } characters
setting-paper-notice-proposed = { $name }: version { $version } of its text waits for your approval
setting-paper-notice-approved = { $name }: version { $version } of its text is approved and in use from now on
setting-paper-notice-rejected = { $name }: version { $version } of its text was not approved: { $words }
setting-paper-approved-done = Version { $version } is approved and in use from now on
