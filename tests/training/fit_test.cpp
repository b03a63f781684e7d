#include "mend/training/fit.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <numeric>
#include <set>

#include "mend/data/batches.hpp"
#include "mend/masks/families.hpp"
#include "mend/models/assignment.hpp"
#include "mend/optimizers/adam.hpp"
#include "mend/tensor/floating_point.hpp"
#include "mend/tensor/gemm.hpp"
#include "message_of.hpp"
#include "training/small_training.hpp"

using namespace mend;
using test::quiet, test::random_rows, test::small_net, test::ThreadsGuard;

namespace {

std::vector<Tensor<float>> weights(Layer<float>& net) {
  std::vector<Tensor<float>> all;
  for (const Parameter<float>* p : net.parameters()) all.push_back(p->value);
  return all;
}

// Plain descent that remembers how long each gradient was.
class WatchedDescent : public Optimizer<float> {
 public:
  WatchedDescent(std::vector<Parameter<float>*> p, double rate) : Optimizer<float>(std::move(p), rate) {}
  std::string describe() const override { return "WatchedDescent()"; }
  std::vector<double> norms;

 protected:
  void update() override {
    double squares = 0;
    for (Parameter<float>* p : parameters()) {
      squares += dot(p->grad, p->grad);
      p->value -= p->grad * static_cast<float>(learning_rate());
    }
    norms.push_back(std::sqrt(squares));
  }
};

}  // namespace

// --- does it learn? ----------------------------------------------------------------------------------

TEST(Fit, LearnsEightRandomExamplesByHeart) {
  Random init(1, "init"), shuffle(1, "shuffle");
  Sequential<float> net;
  net.add<Dense>(6, 64, init).add<Relu>().add<Dense>(64, 6, init).add<Sigmoid>();
  Adam<float> adam(net.parameters(), 1e-2);
  const Tensor<float> inputs = random_rows(8, 6, 1), targets = random_rows(8, 6, 2);
  FitOptions options = quiet(500, 8);
  // Nothing in common between input and target: the pairs can only be remembered.
  options.make_batch = [&](Tensor<float>) { return Batch{inputs, targets, {}}; };
  const History history = fit(net, adam, inputs, shuffle, options);
  EXPECT_GT(history.front().loss, 0.05);
  EXPECT_LT(history.back().loss, 1e-3);
  EXPECT_LT(mse(net.predict(inputs), targets).value, 1e-3f);
}

// Least squares has one answer, that of the normal equations X^T X w = X^T t: fit must find it.
TEST(Fit, FindsTheSolutionOfTheNormalEquations) {
  Random random(3, "regression");
  const std::size_t count = 40;
  Tensor<float> rows({count, 3});  // x1, x2, t with t = 2 x1 - 3 x2 + 0.5 + noise
  double a[3][4] = {};             // X^T X | X^T t for x = (x1, x2, 1)
  for (std::size_t n = 0; n < count; ++n) {
    const double x1 = random.normal(), x2 = random.normal(),
                 t = 2 * x1 - 3 * x2 + 0.5 + 0.3 * random.normal();
    rows(n, 0) = static_cast<float>(x1);
    rows(n, 1) = static_cast<float>(x2);
    rows(n, 2) = static_cast<float>(t);
    const double x[4] = {x1, x2, 1, t};
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 4; ++j) a[i][j] += x[i] * x[j];
  }
  for (std::size_t p = 0; p < 3; ++p)  // Gauss and Jordan; the matrix is positive definite: no pivoting
    for (std::size_t i = 0; i < 3; ++i) {
      const double factor = a[i][p] / a[p][p];
      for (std::size_t j = 0; i != p && j < 4; ++j) a[i][j] -= factor * a[p][j];
    }

  Random init(1, "init"), shuffle(1, "shuffle");
  Dense<float> line(2, 1, init);
  WatchedDescent descent(line.parameters(), 0.1);
  FitOptions options = quiet(300, count);
  options.make_batch = [](Tensor<float> batch) {
    auto [x, t] = split_columns(batch, 2);
    return Batch{std::move(x), std::move(t), {}};
  };
  fit(line, descent, rows, shuffle, options);
  EXPECT_NEAR(line.weight()(0, 0), a[0][3] / a[0][0], 1e-5);
  EXPECT_NEAR(line.weight()(1, 0), a[1][3] / a[1][1], 1e-5);
  EXPECT_NEAR(line.bias()(0), a[2][3] / a[2][2], 1e-5);
}

// --- what an epoch is --------------------------------------------------------------------------------

TEST(Fit, ShowsEachRowOncePerEpochInANewOrder) {
  const Tensor<float> rows({5, 1}, std::vector<float>{0, 1, 2, 3, 4});
  Random init(1, "init"), shuffle(1, "shuffle");
  Dense<float> net(1, 1, init);
  Adam<float> adam(net.parameters());
  std::vector<float> seen;
  FitOptions options = quiet(2, 2);
  options.make_batch = [&](Tensor<float> batch) {
    seen.insert(seen.end(), batch.begin(), batch.end());
    return same_batch(std::move(batch));
  };
  fit(net, adam, rows, shuffle, options);
  ASSERT_EQ(seen.size(), 10u);
  const std::vector<float> first(seen.begin(), seen.begin() + 5), second(seen.begin() + 5, seen.end());
  EXPECT_EQ(std::set<float>(first.begin(), first.end()), (std::set<float>{0, 1, 2, 3, 4}));
  EXPECT_EQ(std::set<float>(second.begin(), second.end()), (std::set<float>{0, 1, 2, 3, 4}));
  EXPECT_NE(first, second);
  EXPECT_EQ(adam.steps(), 6u);
}

TEST(Fit, AveragesTheLossOverExamplesNotOverBatches) {
  Random init(1, "init"), shuffle(1, "shuffle");
  Dense<float> net(1, 1, init);
  Adam<float> adam(net.parameters());
  FitOptions options = quiet(1, 4);
  // Five rows make a batch of four, of loss 1, and a batch of one, of loss 6: their mean is (4 * 1 + 6) / 5.
  options.loss = [](const Tensor<float>& y, const Batch&) {
    return Loss<float>{y.dim(0) == 4 ? 1.0f : 6.0f, Tensor<float>(y.shape())};
  };
  EXPECT_EQ(fit(net, adam, random_rows(5, 1), shuffle, options).front().loss, 2.0);
}

TEST(Fit, FollowsTheScheduleAndGivesTheLearningRateBack) {
  Sequential<float> net = small_net();
  Adam<float> adam(net.parameters(), 0.5);
  Random shuffle(1, "shuffle");
  FitOptions options = quiet(3);
  options.schedule = [](std::size_t epoch) { return std::pow(0.5, static_cast<double>(epoch)); };
  std::vector<double> during, reported;
  options.make_batch = [&](Tensor<float> rows) {
    during.push_back(adam.learning_rate());
    return same_batch(std::move(rows));
  };
  options.after_epoch = [&](const EpochRecord& record) { reported.push_back(record.learning_rate); };
  const History history = fit(net, adam, random_rows(4, 6), shuffle, options);
  const std::vector<double> expected = {0.5, 0.25, 0.125};
  EXPECT_EQ(during, expected);
  EXPECT_EQ(reported, expected);
  ASSERT_EQ(history.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(history[i].epoch, i + 1);
    EXPECT_EQ(history[i].learning_rate, expected[i]);
    EXPECT_TRUE(std::isnan(history[i].validation_loss));
  }
  EXPECT_EQ(adam.learning_rate(), 0.5);
}

TEST(Fit, BeginsEachStepWithGradientZeroAndClipsIt) {
  const Tensor<float> rows = random_rows(4, 6);
  const auto norms = [&](double clip_norm) {
    Sequential<float> net = small_net();
    for (Parameter<float>* p : net.parameters()) p->grad.fill(100);  // left over from something else
    WatchedDescent descent(net.parameters(), 1e-30);                 // stays where it is
    Random shuffle(1, "shuffle");
    FitOptions options = quiet(3);
    options.clip_norm = clip_norm;
    fit(net, descent, rows, shuffle, options);
    return descent.norms;
  };
  const std::vector<double> free = norms(std::numeric_limits<double>::infinity());
  ASSERT_EQ(free.size(), 3u);
  EXPECT_GT(free[0], 1e-3);
  EXPECT_LT(free[0], 1);
  EXPECT_NEAR(free[1], free[0], 1e-5 * free[0]);
  EXPECT_NEAR(free[2], free[0], 1e-5 * free[0]);
  for (const double norm : norms(free[0] / 2)) EXPECT_NEAR(norm, free[0] / 2, 1e-5 * free[0]);
  for (const double norm : norms(free[0] * 2)) EXPECT_NEAR(norm, free[0], 1e-5 * free[0]);
}

TEST(Fit, FlushesDenormalsOnlyWhileItRuns) {
  const FloatingPointMode before = FloatingPointMode::current();
  Sequential<float> net = small_net();
  Adam<float> adam(net.parameters());
  Random shuffle(1, "shuffle");
  FitOptions options = quiet(1);
  options.after_epoch = [&](const EpochRecord&) {
    EXPECT_EQ(FloatingPointMode::current(), before.flushing_denormals());
  };
  fit(net, adam, random_rows(4, 6), shuffle, options);
  EXPECT_EQ(FloatingPointMode::current(), before);
}

TEST(Fit, KeepsDenormalsAgainWhenItFails) {
  const FloatingPointMode before = FloatingPointMode::current();
  Sequential<float> net = small_net();
  Adam<float> adam(net.parameters());
  Random shuffle(1, "shuffle");
  FitOptions options = quiet(1);
  options.loss = [&](const Tensor<float>& y, const Batch&) {
    EXPECT_EQ(FloatingPointMode::current(), before.flushing_denormals());
    return Loss<float>{std::numeric_limits<float>::quiet_NaN(), Tensor<float>(y.shape())};
  };
  EXPECT_THROW(fit(net, adam, random_rows(4, 6), shuffle, options), Error);
  EXPECT_EQ(FloatingPointMode::current(), before);
}

// --- the same bytes ----------------------------------------------------------------------------------

TEST(Fit, GivesTheSameBytesForTheSameSeed) {
  const auto train = [](std::uint64_t seed) {
    Sequential<float> net = small_net(seed);
    Adam<float> adam(net.parameters());
    Random shuffle(seed, "shuffle");
    fit(net, adam, random_rows(10, 6), shuffle, quiet(3));
    return weights(net);
  };
  EXPECT_EQ(train(1), train(1));
  EXPECT_NE(train(1), train(2));
}

TEST(Fit, GivesTheSameBytesForOneThreadAndForTwo) {
  const ThreadsGuard guard;
  const auto train = [](std::size_t thread_count) {
    set_threads(thread_count);
    Random init(1, "init"), shuffle(1, "shuffle");
    Sequential<float> net;  // the assignment's shapes
    net.add<Dense>(784, 256, init).add<Relu>().add<Dense>(256, 256, init).add<Relu>();
    net.add<Dense>(256, 128, init).add<Relu>().add<Dense>(128, 784, init).add<Sigmoid>();
    Adam<float> adam(net.parameters());
    fit(net, adam, random_rows(300, 784), shuffle, quiet(2, 128));  // the last batch has 44 rows
    return weights(net);
  };
  EXPECT_EQ(train(1), train(2));
}

// Task 3 itself: own kernels and OpenBLAS, masks drawn anew, batches of 128 and a smaller one. FNV-1a over the bits of
// all weights.
TEST(Fit, TrainsTheRestorerToTheSameBitsForOneThreadAndForTwo) {
  const ThreadsGuard guard;
  const Kernels kernels_before = kernels();
  const Tensor<float> rows = random_rows(300, 784);
  for (const Kernels k : {Kernels::openblas, Kernels::avx2, Kernels::avx512}) {
    if (!can_run(k)) continue;
    set_kernels(k);
    std::set<std::uint64_t> hashes;
    for (const std::size_t count : {1u, 2u}) {
      set_threads(count);
      Random init(1, "init"), shuffle(1, "shuffle"), masks(1, "masks");
      Sequential<float> net = masked_restorer(init);
      Adam<float> adam(net.parameters());
      FitOptions options = quiet(2, 128);
      options.make_batch =
          masked_batches([&](std::size_t images) { return draw_assignment_masks(images, masks); });
      fit(net, adam, rows, shuffle, options);
      std::uint64_t hash = 14695981039346656037u;
      for (const Parameter<float>* p : net.parameters())
        for (const float w : p->value) hash = (hash ^ std::bit_cast<std::uint32_t>(w)) * 1099511628211u;
      hashes.insert(hash);
    }
    EXPECT_EQ(hashes.size(), 1u) << to_string(k);
  }
  set_kernels(kernels_before);
}

TEST(Fit, MaskedBatchesHideWhatTheMasksSayAndAskForTheRows) {
  std::vector<std::size_t> asked;
  const MakeBatch make = masked_batches([&](std::size_t images) {
    asked.push_back(images);
    Mask mask(images, 2, 3);
    mask.cut(images - 1, 0, 1, 2, 1);
    return mask;
  });
  const Tensor<float> rows({2, 6}, 0.5f);
  for (int call = 0; call < 2; ++call) {
    const Batch batch = make(rows);
    EXPECT_EQ(batch.target, rows);
    EXPECT_EQ(batch.input, Tensor<float>({2, 6}, {.5f, .5f, .5f, .5f, .5f, .5f, .5f, 0, .5f, .5f, 0, .5f}));
  }
  EXPECT_EQ(asked, (std::vector<std::size_t>{2, 2})) << "masks anew for each batch";
}

// Images that stay bytes until their batch is drawn are worth the same bits.
TEST(Fit, LearnsTheSameFromBytes) {
  Random random(1);
  Tensor<std::uint8_t> pixels({20, 2, 3});
  for (std::uint8_t& v : pixels) v = static_cast<std::uint8_t>(random.below(256));
  std::vector<std::size_t> all(20);
  std::iota(all.begin(), all.end(), std::size_t{0});
  const Tensor<float> rows = gather_pixels(pixels, all);
  Sequential<float> from_rows = small_net(), from_bytes = small_net();
  Adam<float> adam_rows(from_rows.parameters()), adam_bytes(from_bytes.parameters());
  Random shuffle_rows(1, "shuffle"), shuffle_bytes(1, "shuffle");
  const History a = fit(from_rows, adam_rows, rows, shuffle_rows, quiet(3));
  const History b = fit(from_bytes, adam_bytes, pixels, shuffle_bytes, quiet(3));
  EXPECT_EQ(a.back().loss, b.back().loss);
  EXPECT_EQ(weights(from_rows), weights(from_bytes));
}

TEST(Fit, GoesOnWhereTheHistoryEnds) {
  const Tensor<float> rows = random_rows(10, 6);
  FitOptions options = quiet(5);
  options.schedule = [](std::size_t epoch) { return 1 / (1.0 + static_cast<double>(epoch)); };
  const auto train = [&](std::size_t interrupted_after) {
    Sequential<float> net = small_net();
    Adam<float> adam(net.parameters());
    Random shuffle(1, "shuffle");
    FitOptions part = options;
    part.epochs = interrupted_after;
    History history = fit(net, adam, rows, shuffle, part);
    history = fit(net, adam, rows, shuffle, options, history);
    return std::pair(weights(net), history_to_csv(history));
  };
  EXPECT_EQ(train(2), train(0));
  EXPECT_EQ(train(5), train(0));
}

// --- when to stop ------------------------------------------------------------------------------------

TEST(Fit, StopsAtALossThatIsNotFiniteAndSaysWhere) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    Sequential<float> net = small_net();
    Adam<float> adam(net.parameters(), 0.25);
    Random shuffle(1, "shuffle");
    FitOptions options = quiet(5);
    options.schedule = [](std::size_t) { return 0.5; };
    int batches = 0;
    std::vector<Tensor<float>> before_it;
    options.loss = [&](const Tensor<float>& y, const Batch& batch) {
      Loss<float> loss = mse(y, batch.target);
      if (++batches == 3 + 2) {  // of three batches per epoch
        loss.value = bad;
        before_it = weights(net);
      }
      return loss;
    };
    const std::string text = message_of<Error>([&] { fit(net, adam, random_rows(10, 6), shuffle, options); });
    EXPECT_NE(text.find("in epoch 2, batch 2 of 3"), std::string::npos) << text;
    EXPECT_NE(text.find("lower the learning rate, or clip"), std::string::npos) << text;
    EXPECT_NE(text.find(std::to_string(bad)), std::string::npos) << text;
    EXPECT_EQ(weights(net), before_it);
    EXPECT_EQ(adam.learning_rate(), 0.25);
  }
}

// The loss stays finite, its gradient does not: no step is taken, whether the gradient is clipped or not.
TEST(Fit, StopsAtAGradientThatIsNotFiniteAndSaysWhere) {
  for (const double clip_norm : {1.0, std::numeric_limits<double>::infinity()}) {
    Sequential<float> net = small_net();
    Adam<float> adam(net.parameters());
    Random shuffle(1, "shuffle");
    FitOptions options = quiet(5);
    options.clip_norm = clip_norm;
    int batches = 0;
    std::vector<Tensor<float>> before_it;
    options.loss = [&](const Tensor<float>& y, const Batch& batch) {
      Loss<float> loss = mse(y, batch.target);
      if (++batches >= 3 + 2) {  // of three batches per epoch
        loss.gradient[7] = std::numeric_limits<float>::infinity();
        if (batches == 3 + 2) before_it = weights(net);
      }
      return loss;
    };
    EXPECT_EQ(message_of<Error>([&] { fit(net, adam, random_rows(10, 6), shuffle, options); }),
              "fit: the gradient is not finite in epoch 2, batch 2 of 3; the first that is not finite is the "
              "gradient of the loss; lower the learning rate, or clip the norm of the gradient");
    EXPECT_EQ(weights(net), before_it);
  }
}

TEST(Fit, NamesTheFirstLayerThatIsNotFinite) {
  Sequential<float> net = small_net();
  Adam<float> adam(net.parameters());
  Random shuffle(1, "shuffle");
  FitOptions options = quiet(2);
  options.after_epoch = [&](const EpochRecord&) {
    net.parameters()[3]->value[0] = std::numeric_limits<float>::quiet_NaN();  // the bias of layer 2
  };
  EXPECT_EQ(
      message_of<Error>([&] { fit(net, adam, random_rows(10, 6), shuffle, options); }),
      "fit: the loss is nan in epoch 2, batch 1 of 3; the first that is not finite is the output of layer 2, "
      "Dense(16, 6), whose weights are not finite, either; lower the learning rate, or clip the norm of the "
      "gradient");
}

// After the last batch no loss would show it.
TEST(Fit, SeesWeightsThatOverflowInTheLastStep) {
  Random init(1, "init"), shuffle(1, "shuffle");
  Sequential<float> net;
  net.add<Dense>(6, 6, init);
  WatchedDescent descent(net.parameters(), 1e30);
  FitOptions options = quiet(1, 8);
  options.loss = [](const Tensor<float>& y, const Batch&) {
    return Loss<float>{1, Tensor<float>(y.shape(), 1e15f)};
  };
  EXPECT_EQ(
      message_of<Error>([&] { fit(net, descent, random_rows(8, 6), shuffle, options); }),
      "fit: the weights are not finite after the step in epoch 1, batch 1 of 1; the first that is not finite "
      "is the output of layer 0, Dense(6, 6), whose weights are not finite, either; lower the learning rate, "
      "or clip the norm of the gradient");
}

TEST(Fit, NoticesDivergence) {
  Random init(1, "init"), shuffle(1, "shuffle");
  Sequential<float> net;
  net.add<Dense>(6, 6, init).add<Dense>(6, 6, init);
  WatchedDescent descent(net.parameters(), 100);  // far too fast
  const std::string text =
      message_of<Error>([&] { fit(net, descent, random_rows(8, 6), shuffle, quiet(100)); });
  EXPECT_NE(text.find("lower the learning rate"), std::string::npos) << text;
  EXPECT_NE(text.find(" of layer "), std::string::npos) << text;
}

TEST(Fit, StopsEarlyAndKeepsTheBestWeights) {
  Sequential<float> net = small_net();
  Adam<float> adam(net.parameters());
  Random shuffle(1, "shuffle");
  FitOptions options = quiet(50);
  options.patience = 2;
  const std::vector<double> losses = {5, 3, 4, 2,
                                      2, 3, 1};  // 2 is not better than 2: stops before it sees the 1
  std::vector<std::vector<Tensor<float>>> after;
  options.validate = [&] {
    after.push_back(weights(net));
    return losses.at(after.size() - 1);
  };
  const History history = fit(net, adam, random_rows(4, 6), shuffle, options);
  ASSERT_EQ(history.size(), 6u);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(history[i].validation_loss, losses[i]);
  EXPECT_EQ(weights(net), after[3]);
  EXPECT_NE(weights(net), after[5]);
}

TEST(Fit, KeepsTheLastWeightsWithoutPatience) {
  Sequential<float> net = small_net();
  Adam<float> adam(net.parameters());
  Random shuffle(1, "shuffle");
  FitOptions options = quiet(3);
  std::vector<Tensor<float>> last;
  double loss = 0;
  options.validate = [&] {
    last = weights(net);
    return ++loss;
  };
  EXPECT_EQ(fit(net, adam, random_rows(4, 6), shuffle, options).size(), 3u);
  EXPECT_EQ(weights(net), last);
}

// 10 rows in batches of 4 are 3 steps an epoch: the seventh question comes before the first batch of the third epoch, the
// ninth before its last.
TEST(Fit, EndsBeforeTheBatchAtWhichItIsToldToStop) {
  const Tensor<float> rows = random_rows(10, 6);
  for (const std::size_t steps : {0u, 1u, 3u, 6u, 8u}) {
    Sequential<float> net = small_net();
    Adam<float> adam(net.parameters(), 0.25);
    Random shuffle(1, "shuffle");
    FitOptions options = quiet(3);
    options.schedule = [](std::size_t) { return 0.5; };
    std::size_t asked = 0, saved = 0;
    options.stop = [&] { return asked++ == steps; };
    options.after_epoch = [&](const EpochRecord& record) { saved = record.epoch; };
    const History history = fit(net, adam, rows, shuffle, options);
    EXPECT_EQ(adam.steps(), steps);
    EXPECT_EQ(history.size(), steps / 3) << "epochs that are over";
    EXPECT_EQ(saved, steps / 3);
    EXPECT_EQ(adam.learning_rate(), 0.25) << "is given back";
  }
}

TEST(Fit, IsNotChangedByAStopThatNeverComes) {
  const Tensor<float> rows = random_rows(10, 6);
  Sequential<float> plain = small_net(), asked = small_net();
  for (Sequential<float>* net : {&plain, &asked}) {
    Adam<float> adam(net->parameters());
    Random shuffle(1, "shuffle");
    FitOptions options = quiet(2);
    if (net == &asked) options.stop = [] { return false; };
    EXPECT_EQ(fit(*net, adam, rows, shuffle, options).size(), 2u);
  }
  EXPECT_EQ(weights(asked), weights(plain));
}

// --- what cannot be fitted ---------------------------------------------------------------------------

TEST(Fit, RefusesWhatCannotBeFitted) {
  Sequential<float> net = small_net(), other = small_net(), empty;
  Adam<float> adam(net.parameters()), others(other.parameters()), idle({});
  const Tensor<float> rows = random_rows(4, 6);
  Random shuffle(1, "shuffle");
  const auto with = [&](auto change) {
    FitOptions options = quiet(1);
    change(options);
    return message_of<Error>([&] { fit(net, adam, rows, shuffle, options); });
  };
  EXPECT_EQ(message_of<Error>([&] {
              fit(net, adam, Tensor<float>({0, 6}), shuffle, quiet(1));
            }),
            "fit: expected rows to learn from, found a tensor of shape (0, 6)");
  EXPECT_EQ(message_of<Error>([&] { fit(net, idle, rows, shuffle, quiet(1)); }),
            "fit: the optimizer has no parameters; give it net.parameters()");
  EXPECT_EQ(message_of<Error>([&] { fit(net, others, rows, shuffle, quiet(1)); }),
            "fit: the optimizer changes something else than this network; give it net.parameters()");
  EXPECT_EQ(with([](FitOptions& o) { o.batch_size = 0; }),
            "fit: expected a batch size of at least 1, found 0");
  EXPECT_EQ(with([](FitOptions& o) { o.clip_norm = 0; }),
            "fit: expected a clip norm above 0, found 0.000000");
  EXPECT_EQ(with([](FitOptions& o) { o.clip_norm = std::nan(""); }),
            "fit: expected a clip norm above 0, found nan");
  EXPECT_EQ(with([](FitOptions& o) { o.patience = 1; }),
            "fit: patience needs validate: what is to get better?");
  const std::string functions =
      "fit: make_batch, loss and schedule must be functions; leave them alone for the defaults";
  EXPECT_EQ(with([](FitOptions& o) { o.make_batch = nullptr; }), functions);
  EXPECT_EQ(with([](FitOptions& o) { o.loss = nullptr; }), functions);
  EXPECT_EQ(with([](FitOptions& o) { o.schedule = nullptr; }), functions);
  EXPECT_NO_THROW(fit(net, adam, rows, shuffle, quiet(1)));
}
