file-too-many = At most { $n } files; choose fewer
file-too-large = “{ $name }” is larger than 10 MB; choose a smaller one
file-kind = “{ $name }” is not of a kind we take: pdf, pictures, Word, Excel, PowerPoint, zip and plain text
