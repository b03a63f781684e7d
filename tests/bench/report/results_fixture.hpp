#pragma once

#include <string>

// What mend_bench and other programs might have found, small enough to check by hand.
namespace bench::test {

/// Google Benchmark's JSON: three repetitions of one benchmark, with their spread, and one of others.
inline const std::string json = R"({
  "context": {"date": "2026-01-02", "num_cpus": 2, "processor": "Abacus", "blas_kernels": "Beads", "caches": []},
  "benchmarks": [
    {"name": "x", "run_name": "layers/relu/forward/real_time", "run_type": "iteration", "time_unit": "us",
     "real_time": 3.0, "flop_per_second": 1e9, "bytes_per_second": 8e9},
    {"name": "x", "run_name": "training/epoch/task3/kernels:openblas/manual_time/threads:1", "run_type": "iteration",
     "time_unit": "ms", "real_time": 200.0, "x_sgemm": 1.23456},
    {"name": "x", "run_name": "layers/relu/forward/real_time", "run_type": "iteration", "time_unit": "us",
     "real_time": 1.0, "flop_per_second": 3e9, "bytes_per_second": 24e9},
    {"name": "x", "run_name": "layers/relu/forward/real_time", "run_type": "iteration", "time_unit": "us",
     "real_time": 2.0, "flop_per_second": 2e9, "bytes_per_second": 16e9},
    {"name": "x", "run_name": "layers/relu/forward/real_time", "run_type": "aggregate", "aggregate_name": "cv",
     "time_unit": "us", "real_time": NaN, "flop_per_second": -NaN, "x": Infinity},
    {"name": "x", "run_name": "training/same_bits/iterations:1/real_time", "run_type": "iteration", "time_unit": "ns",
     "real_time": 5.0, "same_bits": 1.0}]})";

/// speed.csv with the lines that figures need: one core with 100 GFLOP/s, and 50, 20 and 10 GB/s.
inline const std::string speed =
    "name,seconds,low,high,flop_per_second,bytes_per_second,x_sgemm,value,text\n"
    "about/processor,,,,,,,,Abacus\n"
    "machine/fma/avx2/threads:1,1e-6,1e-6,1e-6,1e11,,,,\n"
    "machine/fma/sse/threads:1,1e-6,1e-6,1e-6,3e10,,,,\n"
    "machine/fma/avx2/threads:2,1e-6,1e-6,1e-6,2e11,,,,\n"
    "machine/read/L2/threads:1,4e-6,2e-6,9e-6,,2.5e10,,,\n"
    "machine/read/L3/threads:1,1e-6,1e-6,1e-6,,2e10,,,\n"
    "machine/read/DRAM/threads:1,1e-6,1e-6,1e-6,,1e10,,,\n"
    "layers/relu/forward,2e-6,1e-6,3e-6,5e9,4e10,,,\n"
    "tensor/matmul/128x784x256/threads:1,4e-4,4e-4,4e-4,9e10,2e9,,,\n"
    "tensor/matmul/128x784x256/threads:2,2e-4,2e-4,2e-4,18e10,4e9,,,\n"
    "steps/memory/before,2e-2,2e-2,2e-2,,,,50,\n"
    "steps/memory/after,1e-2,1e-2,1e-2,,,,0,\n"
    "training/same_bits,1,1,1,,,,1,\n"
    "training/epoch/task3/kernels:openblas/threads:1,0.2,0.2,0.2,,,1.25,,\n"
    "training/epoch/task3/kernels:avx512/threads:1,0.2,0.2,0.2,,,1.01,,\n";

/// peers.csv: mend 100 ms with one thread; torch in two builds, the better one takes twice as long.
inline const std::string peers =
    "job,peer,threads,blas,median_ms,low_ms,high_ms,ratio,final_loss\n"
    "task3_epoch,mend,1,own,100,99,101,1,0.01\n"
    "task3_epoch,mend,2,own,60,59,61,1,0.01\n"
    "task3_epoch,mend-openblas,1,OpenBLAS,120,119,121,1.2,0.01\n"
    "task3_epoch,torch,1,OpenBLAS,210,200,220,2.0,0.01\n"
    "task3_epoch,torch,1,reference,5000,4900,5100,50,0.01\n"
    "task3_epoch,torch,2,OpenBLAS,1000,990,1010,16,0.01\n"
    "task3_epoch,dlib,1,OpenBLAS,500,490,510,5,0.01\n"
    "task3_training_50_epochs,mend,2,own,9000,8900,9100,1,0.005\n";

/// scale.csv: time grows with the batch like a line, and with its square root where it is small.
inline const std::string scale =
    "axis,value,threads,seconds_per_step,peak_mib,expected_slope,seconds_per_epoch\n"
    "batch,1,1,0.5,10,1,5\nbatch,4,1,1,10,1,5\nbatch,16,1,2,11,1,5\nbatch,64,1,8,12,1,5\nbatch,256,1,32,20,1,"
    "5\n"
    "batch,256,2,16,20,1,5\n";

}  // namespace bench::test
