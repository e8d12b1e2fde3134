### Sentences of the command line that are read often

cli-code-authority = authority { $code }: { $name }
cli-code-kind = kind { $code }: { $name }
cli-code-region = region { $code }
cli-code-body = body { $code }
cli-code-check = check { $code }
cli-code-warning-inner = warning: the inner check digit is { $got }, { $expected } would fit; a person should look
cli-code-warning-region = warning: the region { $region } is not in the list; a person should look
cli-code-warning-kind = warning: authority and kind { $kind } are not in the list; a person should look
cli-code-empty = no code was given
cli-code-old = this is an old registration number of 15 digits, not a unified social credit code
cli-code-length = { $got ->
    [one] a code has 18 characters, this has { $got }
   *[other] a code has 18 characters, this has { $got }
}
cli-code-character = character { $position }, “{ $character }”, does not occur in such codes
cli-code-check-wrong = the check character should be { $expected }, not { $got }
cli-deadline-unknown-year = there is no calendar for { $year }
cli-day-line = { $kind }, { $why }
cli-day-workday = working day
cli-day-worked = weekend worked for { $name }
cli-day-weekend = weekend
cli-day-holiday = holiday, { $name }
cli-day-stoppage = stoppage, { $name }
cli-day-counts = counts as day { $n }
cli-day-start = start day, does not count
cli-day-off = does not count
cli-size-industry = industry { $code } { $name }
cli-size-row = judged as no. { $number } “{ $name }” ({ $document })
cli-size-reached = { $figure } reaches { $class }, at least { $limit }
cli-size-missed = { $figure } misses { $class }, at least { $limit }
cli-size-figure-missing = { $figure } is missing
cli-size-outside = the standard does not cover this industry
cli-size-too-coarse = the code covers several industries with limits of their own; give more digits
cli-size-unknown = the standard has no such code
cli-size-whole = some groups of this division belong to another industry; taken is the one that names the division
cli-doctor-ok = ok
cli-doctor-warn = note
cli-doctor-bad = WRONG
cli-doctor-all-well = nothing is wrong
cli-doctor-amiss = { $n ->
    [one] { $n } thing is wrong
   *[other] { $n } things are wrong
}
cli-doctor-database = the database { $url } answers and its tables are up to date
cli-doctor-migrations = the tables are older than the program: stop it, back up, run huiqi migrate
cli-doctor-demo = this is the demo’s data; the sign-in page has demo buttons
cli-doctor-no-address = public_url is not set: the address under which people reach the site
cli-doctor-address = reached under { $url }
cli-doctor-address-here = { $url } can be reached from this machine only
cli-doctor-address-plain = { $url } is not encrypted: passwords and phone numbers can be read on the way; use https
cli-doctor-folder = the data folder { $path } can be written to
cli-doctor-folder-closed = the data folder { $path } cannot be written to: { $error }
cli-doctor-space = { $free } free on the disk
cli-doctor-space-little = only { $free } free on the disk: make room
cli-doctor-space-none = only { $free } free on the disk: attachments and backups will soon fail
cli-doctor-calendar = the calendar of { $year } is there
cli-doctor-calendar-missing = the calendar of { $year } is missing and limits set today already reach into it: huiqi calendar add
cli-doctor-calendar-later = the calendar of { $year } is not there yet; add it with huiqi calendar add once it is published
cli-doctor-mail = mail goes out by { $host }:{ $port }, { $waiting } waiting
cli-doctor-mail-none = no mail server is set: mails stay on the outbox page, { $waiting } waiting
cli-doctor-mail-failed = { $failed } mails could not be sent; the outbox page says why
cli-doctor-sms = messages to phones go out by { $url }, { $waiting } waiting
cli-doctor-sms-none = no provider of text messages is set: messages to phones stay on the outbox pages, { $waiting } waiting
cli-doctor-sms-plain = { $url } is reached without TLS: others can read phones and links
cli-doctor-sms-failed = { $failed } messages to phones of the last seven days failed; the outbox page says why
cli-doctor-sms-lost = { $lost } messages: the provider does not say whether it has them
cli-doctor-jobs-never = no recurring job has run yet: they run while the program serves
cli-doctor-jobs = { $n } recurring jobs, none has failed
cli-doctor-job-failed = the job { $name } failed { $failed } of { $runs } times: { $error }
cli-doctor-admin = system administrators: { $n }
cli-doctor-admin-none = there is no system administrator: huiqi admin create makes the first
cli-doctor-auditor = audit administrators: { $n }
cli-doctor-auditor-none = there is no audit administrator: nobody reads the audit log
cli-doctor-sealed = every entry of the audit log is sealed
cli-doctor-unsealed = { $n } entries of the audit log have waited over ten minutes for their seal: the program does not run, or the sealer fails
