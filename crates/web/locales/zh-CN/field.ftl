# $what (String) - name of the field
field-required = { $what }还没有填
# $what (String) - name of the field
# $max (String) - most characters
# $over (String) - characters too many
field-too-long = { $what }最多 { $max } 字，多了 { $over } 字
# $what (String) - name of the field
field-choose = 请选一项：{ $what }
