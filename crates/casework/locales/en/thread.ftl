thread-empty = Nothing written yet
thread-inside = Seen only inside { $place }
