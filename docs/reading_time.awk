# reading_time.awk - minutes that a student needs for a tutorial: 220 words of prose, or 40 lines of code, a minute.
function reading_minutes(words, code) { return words / 220 + code / 40 }
