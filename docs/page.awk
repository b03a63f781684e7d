# page.awk - a page in Markdown, with the figures that programs drew: @figure{FOLDER/NAME.svg}. figure.awk comes first.
/^@figure\{/ { match($0, /\{[^}]*\}/); print "@htmlonly[block]<figure>" image(substr($0, 9, RLENGTH - 2)) "</figure>@endhtmlonly"; next }
{ print }
