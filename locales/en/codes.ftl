# Codes of firms, projects and industries: what is wrong with one, and what to do.

uscc-length = “{ $code }” has { $length ->
    [one] 1 character
   *[other] { $length } characters
}; a unified social credit code has 18
uscc-length-fix = Copy the whole code from the business licence
uscc-character = “{ $code }”: character { $position } is “{ $found }”, which no code has there
uscc-character-fix = Compare with the licence. The letters I, O, S, V and Z are never used: 1, 0, 5, U or 2 may be meant
uscc-check = “{ $code }” fails its check: with these characters before it, the last would be “{ $expected }”
uscc-check-fix = One character is wrong or two have changed places. Compare with the licence; do not just change the last character
uscc-organisation = “{ $code }” is valid, but the organisation code inside it, { $part }, fails its own check
uscc-organisation-fix = Compare with the licence. Nothing need be done if it says the same
project-code-shape = “{ $code }” is not a national project code, which has groups of 4, 6, 2, 2 and 6 digits
project-code-shape-fix = Copy the code from the approval or filing notice, such as 2305-321081-04-01-123456. Leave the cell empty if none has been issued
project-code-month = “{ $code }” begins with neither a year and month nor a year
project-code-month-fix = A new code begins with two digits each for year and month, such as 2305; one from before November 2020 with the year, such as 2017
industry-shape = “{ $code }” is not an industry code of { $edition }
industry-shape-fix = Write a letter and two to four digits, such as C2651; the letter may be left out
industry-letter = “{ $code }” has the wrong letter: { $edition } has { $meant }
industry-letter-fix = Write { $meant } if the digits are right; otherwise correct the digits
industry-unknown = “{ $code }” is not in { $edition }
industry-unknown-fix = Look the industry up by its name. Codes of earlier editions have to be converted
