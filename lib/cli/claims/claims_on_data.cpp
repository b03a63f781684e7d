#include <cmath>
#include <numeric>

#include "cli/claims/evidence.hpp"
#include "mend/layers/summary.hpp"
#include "mend/models/assignment.hpp"

namespace mend::cli {
namespace {

// The interval of a mean over a few trainings: mean and 1.96 standard errors, for want of images to resample.
Interval over_trainings(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  const double error = 1.96 * std::sqrt(squares / (n - 1) / n);
  return {mean, mean - error, mean + error};
}

Claim sizes(const Evidence& evidence) {
  const double train = static_cast<double>(evidence.experiment.digits->train.dim(0)),
               test = static_cast<double>(evidence.experiment.digits->test.dim(0));
  const bool close = std::abs(train / 11'500 - 1) < 0.02 && std::abs(test / 1'900 - 1) < 0.02;
  return {.number = 1,
          .statement = "About 11,500 images of fives and sevens to train on, about 1,900 to test on",
          .test = "both counts within 2 % of what is stated",
          .data = "the images, counted",
          .finding = with_commas(evidence.experiment.digits->train.dim(0)) + " and " +
                     with_commas(evidence.experiment.digits->test.dim(0)),
          .verdict = evidence.is_mnist() ? verdict_if(close) : Verdict::cannot_be_told};
}

Claim parameters(int number, const std::string& task, double stated, std::size_t counted) {
  return {.number = number,
          .statement = task + " has about " + with_commas(static_cast<std::size_t>(stated)) + " parameters",
          .test = "the count within 5 % of what is stated",
          .data = "the network as described, counted",
          .finding = with_commas(counted) + " parameters; stated are " +
                     fixed(stated / static_cast<double>(counted), counted < 10'000 ? 0 : 2) +
                     " times as many",
          .verdict = verdict_if(std::abs(static_cast<double>(counted) / stated - 1) < 0.05)};
}

Claim classification(const Evidence& evidence) {
  return {.number = 4,
          .statement = "The project classifies digits",
          .test = "one of its networks answers with a class",
          .data = "the two networks as described",
          .finding = "both answer with 784 pixels; the classifier here, which reads " +
                     fixed(100 * evidence.experiment.clean_accuracy, 2) +
                     " % of the undamaged test images rightly, had to be added",
          .verdict = Verdict::does_not_hold};
}

Claim target(const Evidence& evidence) {
  const Studies& s = evidence.studies;
  const double mean_image = evidence.experiment.digits->mean_test_mse;
  return {
      .number = 5,
      .statement = "A test MSE below 0.07 shows that the autoencoder with 2 hidden units has learnt its task",
      .test = "an answer that ignores the input misses the target",
      .data = data_of(evidence),
      .finding = "the mean training image has an MSE of " + fixed(mean_image, 4) +
                 "; two principal components have " + fixed(s.pca_mse, 4) + ", the autoencoder " +
                 with_interval(over_trainings(s.map_mse)) + "; in training it never beats the former: " +
                 fixed(over_trainings(s.map_floor).estimate, 3) + " times their error",
      .interval = over_trainings(s.map_mse),
      .verdict = verdict_if(mean_image >= 0.07)};
}

Claim separation(const Evidence& evidence) {
  const Studies& s = evidence.studies;
  const Interval accuracy = over_trainings(s.map_accuracy);
  return {.number = 6,
          .statement = "The map with 2 hidden units separates the two classes",
          .test = "at least 95 % of the test images lie nearest to the mean of their own class",
          .data = data_of(evidence),
          .finding = fixed(100 * accuracy.estimate, 2) +
                     " %; two principal components: " + fixed(100 * s.pca_accuracy, 2) + " %",
          .interval = accuracy,
          .verdict = verdict_above(accuracy, 0.95)};
}

}  // namespace

std::vector<Claim> claims_on_data(const Evidence& evidence) {
  Random init(0, "init");
  Sequential<float> embedding = embedding_autoencoder(init), restorer = masked_restorer(init);
  return {sizes(evidence),
          parameters(2, "The network of Task 2", 1.2e6, count_parameters(embedding)),
          parameters(3, "The network of Task 3", 530e3, count_parameters(restorer)),
          classification(evidence),
          target(evidence),
          separation(evidence)};
}

}  // namespace mend::cli
