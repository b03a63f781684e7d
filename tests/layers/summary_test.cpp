// # What a network is made of
//
// A table of a network's layers answers two questions before anything is trained: do the shapes fit, and how much is
// there to learn?
//
// **Shapes.** Each layer says what shape its y has for an x of a given shape, and the y of one is the x of the next. So
// the shapes of a whole network follow from that of its input, without a single product; where a layer does not fit,
// its name is known.
//
// **Parameters.** A dense layer from K to D numbers has a weight for each pair and a bias for each output,
// \f[
//   K D + D = (K + 1)\, D
// \f]
// of them, and a non-linearity has none. The size of the batch does not occur: the same parameters serve all examples.

#include "mend/layers/summary.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "mend/layers/dense.hpp"
#include "mend/layers/relu.hpp"
#include "mend/layers/residual.hpp"
#include "mend/layers/sigmoid.hpp"

using namespace mend;

// ## The check
//
// From one number to D there are \f$ 2 D \f$ parameters.

TEST(Summary, CountsExactlyWithCommasWhereTheyBelong) {
  for (const auto& [width, text] : std::vector<std::pair<std::size_t, std::string>>{
           {0, " 0\n"}, {1, " 2\n"}, {499, " 998\n"}, {500, " 1,000\n"}, {500'000, " 1,000,000\n"}}) {
    Sequential<double> net;
    net.add<Dense>(Tensor<double>({1, width}), Tensor<double>({width}));
    EXPECT_EQ(count_parameters(net), 2 * width);
    const std::string table = summary(net, {1, 1});
    EXPECT_EQ(table.substr(table.size() - text.size()), text);
  }
}

// ## By hand
//
// The restorer of the assignment: \f$ 785 \cdot 256 = 200{,}960 \f$, \f$ 257 \cdot 256 = 65{,}792 \f$,
// \f$ 257 \cdot 128 = 32{,}896 \f$ and \f$ 129 \cdot 784 = 101{,}136 \f$; together 400,784.

TEST(Summary, OfTheAssignmentsRestorer) {
  Random random(1);
  Sequential<float> net;
  net.add<Dense>(784, 256, random).add<Relu>().add<Dense>(256, 256, random).add<Relu>();
  net.add<Dense>(256, 128, random).add<Relu>().add<Dense>(128, 784, random).add<Sigmoid>();
  EXPECT_EQ(count_parameters(net), 400'784);
  EXPECT_EQ(summary(net, {128, 784}),
            "   layer                                     output                   parameters\n"
            "--------------------------------------------------------------------------------\n"
            "   input                                     (128, 784)\n"
            "0  Dense(784, 256)                           (128, 256)                  200,960\n"
            "1  Relu                                      (128, 256)                        0\n"
            "2  Dense(256, 256)                           (128, 256)                   65,792\n"
            "3  Relu                                      (128, 256)                        0\n"
            "4  Dense(256, 128)                           (128, 128)                   32,896\n"
            "5  Relu                                      (128, 128)                        0\n"
            "6  Dense(128, 784)                           (128, 784)                  101,136\n"
            "7  Sigmoid                                   (128, 784)                        0\n"
            "--------------------------------------------------------------------------------\n"
            "   total                                                                 400,784\n");
}

// Whatever a layer has to say about itself, no line is wider than a terminal, and nothing of it is lost.

TEST(Summary, WrapsLongDescriptions) {
  Random random(1);
  auto branch = std::make_unique<Sequential<float>>();
  for (int i = 0; i < 5; ++i) branch->add<Dense>(784, 784, random).add<Relu>();
  Sequential<float> net;
  net.add<Residual>(std::move(branch));
  std::istringstream table(summary(net, {128, 784}));
  std::string line, words;
  while (std::getline(table, line)) {
    EXPECT_LE(line.size(), 80u) << line;
    std::istringstream in(line.substr(0, 44));
    for (std::string word; in >> word;) words += word;
  }
  std::string description = net[0].describe();
  std::erase(description, ' ');
  EXPECT_NE(words.find("0" + description), std::string::npos) << words;
}

TEST(Summary, RefusesAnInputThatDoesNotFit) {
  Random random(1);
  Sequential<float> net;
  net.add<Dense>(4, 3, random);
  EXPECT_THROW(summary(net, {128, 784}), ShapeError);
}

TEST(WithCommas, SeparatesThousands) {
  EXPECT_EQ(with_commas(0), "0");
  EXPECT_EQ(with_commas(999), "999");
  EXPECT_EQ(with_commas(1000), "1,000");
  EXPECT_EQ(with_commas(1234567), "1,234,567");
}
