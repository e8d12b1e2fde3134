mine-title = My requests
mine-count = { $n } in all
mine-empty = No requests yet. Whenever running the firm gets difficult, ask; it is free.
mine-what = Matter
mine-state = Where it stands
mine-when = When
mine-confirm-by = Please confirm by { $day }
mine-supply = Please send what is missing
