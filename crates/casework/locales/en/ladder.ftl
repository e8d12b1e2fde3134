ladder-remind = Reminder: { $number } “{ $title }” is due on { $day }
ladder-urge = Urgent: { $number } “{ $title }” is due on { $day }, please act today
ladder-warn = Warning: { $number } “{ $title }” was due on { $day } and is still open; the manager has been told
ladder-supervise = Supervised: { $number } “{ $title }” was due on { $day }; the level above has been told
ladder-by-hand = { $who } asks you to move on with { $number } “{ $title }”
ladder-confidential = Something that only you may see has moved on; please sign in and open it from your messages
ladder-moved-stoppage = { $number } “{ $title }”: because of { $reason } ({ $document }) its due day moves from { $before } to { $after }
ladder-moved = { $number } “{ $title }”: the working calendar has changed, its due day moves from { $before } to { $after }
