// How similar two texts are, for guardrails: domain/text/similarity by the names of this subject.
#pragma once

#include "domain/text/similarity.hpp"

namespace pulse::domain::campaigns {

using domain::bands_of;
using domain::normalized;
using domain::signature;
using domain::signature_bands;
using domain::signature_of;
using domain::signature_size;
using domain::similarity_of;

}  // namespace pulse::domain::campaigns
