ladder-remind = Reminder: { $number } “{ $title }” is due on { $day }
ladder-urge = Urgent: { $number } “{ $title }” is due on { $day }, please act today
ladder-warn = Warning: { $number } “{ $title }” was due on { $day } and is still open; the manager has been told
ladder-supervise = Supervised: { $number } “{ $title }” was due on { $day }; the level above has been told
ladder-by-hand = { $who } asks you to move on with { $number } “{ $title }”
ladder-part-supervise = { $n } with the level above
ladder-part-warn = { $n ->
    [one] 1 warning
   *[other] { $n } warnings
}
ladder-part-urge = { $n } urgent
ladder-part-remind = { $n ->
    [one] 1 reminder
   *[other] { $n } reminders
}
ladder-join = {", "}
ladder-day = { $n } matters need you today: { $parts }. The first is { $number }, due on { $day }
ladder-rung-1 = Reminder
ladder-rung-2 = Urging
ladder-rung-3 = Warning
ladder-rung-4 = To the level above
ladder-to-handlers = the handlers
ladder-to-dispatch = the dispatchers
ladder-to-check = the checkers
ladder-to-desk = the desk
ladder-to-manager = the manager
ladder-to-centre = the centre
ladder-to-bureau = the bureau
ladder-told = Told to { $people }, { $day }
ladder-to-be-told = To be told to { $people } at the start of the next working day
ladder-escalated-3 = Warned
ladder-escalated-4 = With the level above
ladder-confidential = Something that only you may see has moved on; please sign in and open it from your messages
