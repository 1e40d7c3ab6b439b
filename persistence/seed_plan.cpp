#include "persistence/seed_posts.hpp"

#include <array>
#include <chrono>
#include <string_view>

#include <fmt/core.h>

namespace pulse::persistence::demo {

namespace {

using namespace std::chrono_literals;
using std::chrono::days;

struct words {
  std::string_view title;
  std::string_view text;
};

/// What a bicycle maker writes.
constexpr std::array<words, 18> stories{{
    {"Winter tyre guide",
     "Ice, slush or wet leaves: which tyre for which road. We rode all six of ours on the same hill, on the same "
     "morning."},
    {"Ride report: the long way to Zandvoort",
     "83 kilometres against the wind, two punctures, one very good apple cake. Lena writes about last Sunday's ride."},
    {"A chain lasts longer than you think",
     "Wipe it, oil it, wipe it again. Two minutes after each wet ride save you a cassette a year."},
    {"Meet the workshop: Jonas builds wheels",
     "Thirty-two spokes, one ear. Jonas hears when a wheel is true, and he will teach you, too."},
    {"Lights that you can be seen by",
     "From four o'clock it is dark. Our dynamo light needs no charging, and it stays on when you stop."},
    {"New in the shop: the cargo trailer",
     "It takes sixty kilograms and folds flat. You can try it at our place on Saturday."},
    {"How we pack a bicycle", "No foam, no plastic: a box that comes back. Last year four of five came back to us."},
    {"Your first hundred kilometres",
     "Start slower than you want to, eat before you are hungry, and turn round when the wind does."},
    {"A frame, twelve years on",
     "Marieke sent us a picture of her 2014 tourer. It has 61,000 kilometres and its second set of bearings."},
    {"Saddle height in three steps",
     "Heel on the pedal, leg straight, then half a centimetre down. That is all, and your knees will thank you."},
    {"What we learned at the trade fair",
     "Belts, hubs, and a lot of coffee. Our five favourites of the week, with pictures."},
    {"Open workshop on Saturday", "Bring your bicycle and a question. We have stands, tools and someone who knows."},
    {"Rain jackets, tested in rain",
     "Nine jackets, forty minutes each, and a kitchen scale. Two of them we would buy ourselves."},
    {"Why our bells are brass", "Because you can hear them, and because they can be mended."},
    {"Autumn price list",
     "The new prices hold from today. What costs less: hub dynamos and mudguards. What costs more: steel."},
    {"The quiet route through the city", "Eleven kilometres, four traffic lights. We have drawn it for you."},
    {"Brake pads: when to change them", "Hold a coin beside them. Thinner than the coin? Then today."},
    {"Thank you for a thousand miles together",
     "On Friday our riders' club rode its thousandth mile this year. Here is who made it."},
}};

/// Times of a working day at which the demo publishes.
constexpr std::array<std::chrono::minutes, 3> hours_of_day{8h, 11h + 30min, 16h};

/// A number that looks drawn, the same for the same place.
unsigned drawn(unsigned day, unsigned place) {
  unsigned mixed = day * 2'654'435'761U + place * 40'503U + 17U;
  mixed ^= mixed >> 13U;
  mixed *= 2'246'822'519U;
  return mixed ^ mixed >> 16U;
}

demo_post story(std::size_t number, base::timestamp due_at, fate all) {
  const auto& told = stories.at(number % stories.size());
  demo_post made;
  made.title = told.title;
  made.text = told.text;
  made.due_at = due_at;
  made.website = made.x = made.linkedin = all;
  return made;
}

/// What went otherwise than planned, by how many days ago it was and which post of the day.
void apply_trouble(demo_post& to, int ago, std::size_t place) {
  const auto is = [&](int days_ago, std::size_t of_day) { return ago == days_ago && place == of_day; };
  if (is(26, 1) || is(11, 0)) to.x = fate::failed;
  if (is(23, 0) || is(16, 1) || is(8, 0)) to.linkedin = fate::published_at_third_try;
  if (is(19, 1)) to.x = fate::missed;
  if (is(14, 1)) to.website = to.x = to.linkedin = fate::cancelled;
  if (is(9, 0)) to.linkedin = fate::failed;
  if (is(6, 0)) to.website = to.x = to.linkedin = fate::failed;
  if (is(4, 1)) to.website = to.x = to.linkedin = fate::missed;
  if (is(3, 0)) to.linkedin = fate::unconfirmed;
  if (is(1, 1)) to.x = fate::asked;
}

bool is_weekend(base::timestamp midnight) {
  const std::chrono::weekday day{std::chrono::floor<days>(midnight)};
  return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

void add_past(std::vector<demo_post>& to, base::timestamp today) {
  std::size_t number = 0;
  for (int ago = 30; ago >= 1; --ago) {
    const auto midnight = today - days{ago};
    const std::size_t many = is_weekend(midnight) ? 2 : 2 + drawn(static_cast<unsigned>(ago), 0) % 2;
    for (std::size_t place = 0; place < many; ++place) {
      auto made = story(number++, midnight + hours_of_day.at(place), fate::published);
      if (drawn(static_cast<unsigned>(ago), 7 + static_cast<unsigned>(place)) % 5 == 0) made.linkedin.reset();
      apply_trouble(made, ago, place);
      to.push_back(std::move(made));
    }
  }
}

/// More posts at X within half an hour than the demo's budget of ten an hour allows: the what-if then shows the effect.
void add_fair(std::vector<demo_post>& to, base::timestamp midnight) {
  constexpr int many = 14;
  for (int i = 1; i <= many; ++i) {
    demo_post made;
    made.title = fmt::format("Live from the trade fair, {} of {}", i, many);
    made.text = fmt::format("Stand by stand through hall 4: what we see at number {}.", i);
    made.due_at = midnight + 10h + std::chrono::minutes{2 * i};
    made.x = fate::planned;
    to.push_back(std::move(made));
  }
}

void add_coming(std::vector<demo_post>& to, base::timestamp today) {
  std::size_t number = 5;
  for (int ahead = 1; ahead <= 7; ++ahead) {
    const auto midnight = today + days{ahead};
    const std::size_t many = is_weekend(midnight) ? 1 : 3;
    for (std::size_t place = 0; place < many; ++place) {
      auto made = story(number++, midnight + hours_of_day.at(place), fate::planned);
      if (place == 1) made.linkedin.reset();
      to.push_back(std::move(made));
    }
  }
  add_fair(to, today + days{2});
  auto half_a_year = story(17, today + days{180} + 9h, fate::planned);
  half_a_year.title = "Half a year with Pulse";
  half_a_year.text = "Half a year of posts that went out once, and on time.";
  half_a_year.linkedin.reset();
  to.push_back(std::move(half_a_year));
}

demo_post draft(std::string title, std::string text) {
  demo_post made;
  made.title = std::move(title);
  made.text = std::move(text);
  made.website = made.x = fate::draft;
  return made;
}

}  // namespace

std::vector<demo_post> plan_posts(base::timestamp now) {
  const base::timestamp today = std::chrono::floor<days>(now);
  std::vector<demo_post> made;
  add_past(made, today);
  add_coming(made, today);
  made.push_back(draft("Welcome", "Hello from Pulse! Schedule me, or publish me now, and read my timeline."));
  made.push_back(draft("Spring catalogue, first words", "Lighter frames, wider tyres, the same bell."));
  return made;
}

}  // namespace pulse::persistence::demo
