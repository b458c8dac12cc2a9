# Refuses what could make a statement unproved or an assumption silent, wherever it stands on a line:
# comments and strings are taken away first, the rest is read word by word.
# Prints "file: word: reason" for each; the caller refuses if anything was printed.
function refuse(why) { print FILENAME ": " word ": " why }
FNR == 1 { if (depth > 0) print previous ": a Section stays open"; comment = 0; string = 0; depth = 0; pending = 0; previous = FILENAME }
{
  text = ""
  for (i = 1; i <= length($0); i++) {
    two = substr($0, i, 2); one = substr($0, i, 1)
    if (string) { if (one == "\"") string = 0; continue }
    if (two == "(*") { comment++; i++; continue }
    if (comment && two == "*)") { comment--; i++; text = text " "; continue }
    if (one == "\"") { string = 1; continue }
    if (!comment) text = text one
  }
  gsub(/[^A-Za-z0-9_'.\200-\377]/, " ", text); gsub(/\./, " . ", text)
  n = split(text, words, " ")
  for (i = 1; i <= n; i++) {
    word = words[i]
    if (pending) { pending = 0; continue }
    if (word == "Section") { depth++; pending = 1 }
    else if (word == "End") { depth--; pending = 1 }
    else if (word ~ /^(Admitted|admit|give_up|Admit|Abort)$/) refuse("an unproved statement")
    else if (word ~ /^(Axiom|Axioms|Parameter|Parameters|Conjecture|Conjectures)$/) refuse("an assumption")
    else if (word ~ /^(Variable|Variables|Hypothesis|Hypotheses|Context)$/ && depth == 0) refuse("outside a Section it is an axiom")
    else if (word ~ /^(Module|Include|Primitive|bypass_check|Unset|Guard|Positivity|Redirect|Cd|Load|Declare)$/ && !(word == "Declare" && words[i + 1] == "Scope")) refuse("not used here, and a way round the gate")
  }
}
END { if (depth > 0) print previous ": a Section stays open" }
