#include "cli/completion.hpp"

namespace mend::cli {

std::string bash_completion(const std::map<std::string, std::vector<std::string>>& verbs) {
  std::string all, cases;
  for (const auto& [verb, options] : verbs) {
    all += verb + " ";
    cases += "    " + verb + ") words='";
    for (const std::string& option : options) cases += option + " ";
    cases += "' ;;\n";
  }
  return "# eval \"$(mend completion bash)\" in ~/.bashrc\n"
         "_mend() {\n"
         "  local words= word=${COMP_WORDS[COMP_CWORD]}\n"
         "  case ${COMP_WORDS[1]} in\n" +
         cases +
         "  esac\n"
         "  [ \"$COMP_CWORD\" = 1 ] && words='" +
         all +
         "'\n"
         "  case $word in -*) ;; *) [ \"$COMP_CWORD\" = 1 ] || words= ;; esac   # then it is a file\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "}\n"
         "complete -o default -F _mend mend\n";
}

}  // namespace mend::cli
