// GMP and MPFR for Swift. Function-like macros are invisible to Swift, so each one that is used has an inline twin here.
#ifndef WAVEPROOF_CMPFR_SHIMS_H
#define WAVEPROOF_CMPFR_SHIMS_H

#include <stdio.h>
#include <gmp.h>
#include <mpfr.h>

static inline int waveproof_mpz_sgn(const __mpz_struct *value) { return mpz_sgn(value); }
static inline int waveproof_mpq_sgn(const __mpq_struct *value) { return mpq_sgn(value); }
static inline __mpz_struct *waveproof_mpq_numref(__mpq_struct *value) { return mpq_numref(value); }
static inline __mpz_struct *waveproof_mpq_denref(__mpq_struct *value) { return mpq_denref(value); }

#endif
