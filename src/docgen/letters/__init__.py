"""A company's own Word letter as template: content controls filled from the same facts as every other paper.

tags        what a control asks for, and the names it may use
opened      the file read; what is refused, what is left behind
controls    content controls as the filling sees them: where they stand, what stands near
filling     every control of every part, in order; `words` puts text into one, `places` blocks
scope       what a name means for this deal
written     the parts as one Word file again, with docgen's stamps
formats     the letter as text, and as PDF where LibreOffice is there
jinja       letters with Jinja's marks instead of controls, an optional extra
making      a letter of a deal, from its file to its bytes; `lint` what is wrong with one without any deal
"""
