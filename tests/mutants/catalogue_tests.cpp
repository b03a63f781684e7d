#include <gtest/gtest.h>

#include "mutants/catalogue.hpp"

using namespace mutants;

namespace {

const std::string head = "source: lib/mend/layers/relu.cpp\ntest: layers_relu_test\n";
const std::string one = "== a: what a does\nkilled by: Relu.ByHand\ndiagnosis: sign\n- x = 1;\n";

std::vector<Mutant> parse(const std::string& text) {
  return parse_catalogue("layers/relu", "relu.mutants", text);
}

// What is said about a catalogue, or about a mutant and a source.
std::string error_of(const std::string& catalogue, const std::string& source = "") {
  try {
    for (const Mutant& mutant : parse(catalogue)) mutate(mutant, source);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST(Catalogue, SaysWhatStandsInIt) {
  const std::vector<Mutant> all = parse("# of relu\n" + head + "\n" + one +
                                        "+ x = 2;\n"
                                        "== b: what b does: this\n"
                                        "source: lib/mend/losses/terms.hpp\n"
                                        "compile: lib/mend/losses/l1.cpp lib/mend/losses/mse.cpp\n"
                                        "killed by: Relu.KeepsNaN\n"
                                        "diagnosis: over N | border\n"
                                        "- x = 1;\n"
                                        "- y = 1;\n"
                                        "+ z = 1;\n"
                                        "- w = 1;\n");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].subject, "layers/relu");
  EXPECT_EQ(all[0].name, "a");
  EXPECT_EQ(all[0].summary, "what a does");
  EXPECT_EQ(all[0].source, "lib/mend/layers/relu.cpp");
  EXPECT_EQ(all[0].compiled, (std::vector<std::string>{"lib/mend/layers/relu.cpp"}));
  EXPECT_EQ(all[0].test, "layers_relu_test");
  EXPECT_EQ(all[0].place, "relu.mutants:5");
  EXPECT_EQ(all[1].summary, "what b does: this");
  EXPECT_EQ(all[1].source, "lib/mend/losses/terms.hpp");
  EXPECT_EQ(all[1].compiled, (std::vector<std::string>{"lib/mend/losses/l1.cpp", "lib/mend/losses/mse.cpp"}));
  EXPECT_EQ(all[1].diagnoses, (std::vector<std::string>{"over N", "border"}));
  ASSERT_EQ(all[1].changes.size(), 2u);
  EXPECT_EQ(all[1].changes[0].before, (std::vector<std::string>{"x = 1;", "y = 1;"}));
  EXPECT_TRUE(all[1].changes[1].after.empty());
}

TEST(Catalogue, NoneIsNoDiagnosis) {
  EXPECT_TRUE(parse(head + "== a: b\nkilled by: T.T\ndiagnosis: none\n- x\n")[0].diagnoses.empty());
}

TEST(Catalogue, NamesTheLineThatIsWrong) {
  EXPECT_EQ(error_of(head + "colour: red\n"), "relu.mutants:3: unknown key `colour` before the first mutant");
  EXPECT_EQ(error_of(head + one + "kiled by: Relu.ByHand\n"), "relu.mutants:7: unknown key `kiled by`");
  EXPECT_EQ(error_of(head + one + "x = 2;\n"),
            "relu.mutants:7: expected `key: value`, `== name: what it does`, `- old` or `+ new`");
  EXPECT_EQ(error_of(head + "== a\n"), "relu.mutants:3: expected `== name: what it does`");
  EXPECT_EQ(error_of(head + one + one), "relu.mutants:7: there is a mutant a already");
  EXPECT_EQ(error_of(head + "- x = 1;\n"), "relu.mutants:3: a change before the first mutant");
  EXPECT_EQ(error_of(head + "== a: b\n+ x = 1;\n"), "relu.mutants:4: `+` without a `-` before it");
  EXPECT_EQ(error_of(head + "== a: b\n- // x\n"), "relu.mutants:4: `-` needs a line of code");
  EXPECT_EQ(error_of(head + "== a: b\ndiagnosis: sing\n"), "relu.mutants:4: unknown diagnosis `sing`");
  EXPECT_EQ(error_of(head), "relu.mutants:2: no mutant begins with `== name: what it does`");
}

TEST(Catalogue, NamesWhatAMutantLacks) {
  EXPECT_EQ(error_of("test: t\n" + one), "relu.mutants:2: a has no `source`");
  EXPECT_EQ(error_of("source: s.cpp\n" + one), "relu.mutants:2: a has no `test`");
  EXPECT_EQ(error_of(head + "== a: b\ndiagnosis: sign\n- x\n"), "relu.mutants:3: a has no `killed by`");
  EXPECT_EQ(error_of(head + "== a: b\nkilled by: T.T\n- x\n"),
            "relu.mutants:3: a has no `diagnosis`; write `none` where the test prints none");
  EXPECT_EQ(error_of(head + "== a: b\nkilled by: T.T\ndiagnosis: sign\n"), "relu.mutants:3: a has no change");
  EXPECT_EQ(error_of("source: s.hpp\ntest: t\n" + one),
            "relu.mutants:3: a has no `compile`, and a header is not compiled alone");
}

TEST(Mutate, ReplacesLinesWhateverTheirIndentAndComment) {
  const Mutant mutant = parse(head + one + "- y = 1;\n+   x = 2;\n- z = 1;\n")[0];
  EXPECT_EQ(mutate(mutant, "{\n  x = 1;  // one\n\ty = 1;\n  w = 1;\n  z = 1;\n}\n"),
            "{\n  x = 2;\n  w = 1;\n}\n");
}

TEST(Mutate, RefusesLinesThatAreNotThereExactlyOnce) {
  const std::string catalogue = head + one;
  const std::string tail = " times in lib/mend/layers/relu.cpp";
  EXPECT_EQ(error_of(catalogue, "x = 1;\n"), "no error");
  EXPECT_EQ(error_of(catalogue, "x = 12;\n"), "no longer applies: `x = 1;` stands 0" + tail);
  EXPECT_EQ(error_of(catalogue, "x = 1;\nx = 1;\n"), "no longer applies: `x = 1;` stands 2" + tail);
  EXPECT_EQ(error_of(catalogue + "- y = 1;\n", "x = 1;\nz = 1;\ny = 1;\n"),
            "no longer applies: `x = 1;` stands 0" + tail);
}

TEST(Mutate, RefusesChangesThatOverlap) {
  EXPECT_EQ(error_of(head + one + "- y = 1;\n+ z = 1;\n- y = 1;\n+ z = 2;\n", "x = 1;\ny = 1;\n"),
            "changes `y = 1;` twice");
}
