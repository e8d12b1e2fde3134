field-required = { $what } is missing
field-too-long = { $what }: at most { $max } characters, { $over } too many
field-choose = Choose one: { $what }
