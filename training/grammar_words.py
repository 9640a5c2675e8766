"""The words of the resolve sentences: who does what to which things, and properties that fit only one of the two.

A family: subjects, verbs (base, past, past participle), objects, predicates of the subject, predicates of the object,
and whether the deed fails ("didn't cross … because") or happens ("ate … because"). A predicate that begins with "="
is a whole verb phrase; the others are adjectives after "was too".
"""
from __future__ import annotations

from dataclasses import dataclass

ANIMALS = """animal dog cat horse pony donkey cow goat sheep lamb pig fox wolf bear rabbit mouse hen duck goose swan bird
kitten puppy deer lion tiger monkey elephant camel ox squirrel frog turtle chicken calf beast creature""".split()
CHILDREN = "boy girl child baby prince princess son daughter brother sister".split()
ADULTS = """man woman farmer soldier sailor teacher student traveller hunter king queen doctor nurse servant merchant
guest neighbor visitor stranger lady gentleman father mother uncle aunt grandfather grandmother worker driver guard
artist writer singer cook baker tailor lawyer clerk""".split()
MALE = "boy man king prince son brother gentleman father uncle grandfather".split()
FEMALE = "girl woman queen princess daughter sister lady mother aunt grandmother".split()
MALE_NAMES = "tom john jack peter paul george james robert david henry william mike bill jim".split()
FEMALE_NAMES = "mary jane alice anna kate lucy emily susan nancy betty linda laura sarah helen".split()
PEOPLE = CHILDREN + ADULTS
BEINGS = ANIMALS + PEOPLE
WAYS = "street road river bridge field stream square valley path desert lane avenue highway".split()
WATERS = "lake pond river sea pool stream ocean canal well".split()
HEIGHTS = "hill mountain wall tree fence ladder tower rock cliff roof gate hedge".split()
FOODS = "apple cake soup bread meat fish pear carrot cheese pie egg salad rice sandwich cookie pudding potato".split()
LOADS = "box basket sack stone chest cart table log bag bucket trunk desk chair barrel bench piano".split()
ROOMS = "house barn cave room cellar hut forest garden castle kitchen tent attic tunnel hall".split()
SMALL = "coin key ring doll ball cup spoon book hat toy knife letter shirt picture lamp statue vase".split()
BOXES = "drawer pocket cupboard case bag box basket trunk chest wallet shelf jar suitcase".split()
SHOPS = "restaurant shop bakery cafe hotel store market inn school library museum office theater bank".split()
GOODS = "sandwich cake meal pizza steak drink ticket book coat dress hat newspaper lamp watch toy camera".split()
HARD = "stone hammer rock ball bullet truck axe iron car".split()
FRAGILE = "window glass plate cup vase mirror table door bottle bowl box toy".split()
POURED = "milk water wine oil juice sand tea".split()

BODY = """tired hungry thirsty frightened scared sleepy weak lazy timid ill sick shy proud angry afraid nervous exhausted
worried drunk excited clumsy foolish cowardly bored lonely careful stubborn""".split()


@dataclass(frozen=True)
class Family:
    name: str
    subjects: list[str]
    verbs: list[tuple[str, str, str]]
    objects: list[str]
    of_subject: list[str]
    of_object: list[str]
    fails: bool = True


def _verbs(text: str) -> list[tuple[str, str, str]]:
    """"cross/crossed/crossed go over/went over/gone over": underscores stand for spaces."""
    return [tuple(part.replace("_", " ") for part in verb.split("/")) for verb in text.split()]  # type: ignore[misc]


FAMILIES = (
    Family("way", BEINGS, _verbs("cross/crossed/crossed go_over/went_over/gone_over walk_across/walked_across/walked_across"
                                 " run_across/ran_across/run_across pass/passed/passed"), WAYS, BODY,
           "wide dangerous long broad slippery crowded muddy icy busy_with_carts full_of_cars".split()),
    Family("water", BEINGS, _verbs("swim_in/swam_in/swum_in jump_into/jumped_into/jumped_into go_into/went_into/gone_into"
                                   " bathe_in/bathed_in/bathed_in"), WATERS, BODY,
           "deep dirty rough muddy shallow frozen icy salty =was_full_of_weeds".split()),
    Family("height", BEINGS, _verbs("climb/climbed/climbed go_up/went_up/gone_up get_over/got_over/got_over"
                                    " jump_over/jumped_over/jumped_over"), HEIGHTS, BODY + ["fat"],
           "high steep tall smooth slippery icy rotten =had_been_painted".split()),
    Family("food", BEINGS, _verbs("eat/ate/eaten swallow/swallowed/swallowed finish/finished/finished"
                                  " taste/tasted/tasted touch/touched/touched"), FOODS,
           [*BODY, "full", "=had_eaten_enough", "=had_no_teeth"],
           "hot salty hard sour bitter dry raw rotten sweet stale burnt spicy mouldy".split()),
    Family("ate", BEINGS, _verbs("eat/ate/eaten finish/finished/finished steal/stole/stolen take/took/taken"), FOODS,
           ["hungry", "greedy", "=had_eaten_nothing", "=was_starving", "=wanted_more"],
           "delicious tasty sweet fresh soft warm juicy =smelled_good =tasted_good".split(), False),
    Family("load", BEINGS, _verbs("carry/carried/carried lift/lifted/lifted pull/pulled/pulled move/moved/moved"
                                  " push/pushed/pushed drag/dragged/dragged"), LOADS, BODY,
           "heavy big full large broad bulky =was_full_of_stones =was_made_of_iron".split()),
    Family("room", BEINGS, _verbs("enter/entered/entered sleep_in/slept_in/slept_in stay_in/stayed_in/stayed_in"
                                  " hide_in/hid_in/hidden_in go_into/went_into/gone_into"), ROOMS, BODY,
           "dark small narrow noisy crowded damp smoky dusty empty =was_locked =was_on_fire".split()),
    Family("fit", SMALL, _verbs("fit_into/fitted_into/fitted_into go_into/went_into/gone_into fit_in/fitted_in/fitted_in"),
           BOXES, "big large wide long thick tall huge".split(), "small narrow tiny little short full".split()),
    Family("shop", SHOPS, _verbs("sell_me/sold_me/sold give_me/gave_me/given serve_me/served_me/served"
                                 " offer_me/offered_me/offered bring_me/brought_me/brought"), GOODS,
           """=was_closed =had_no_workers =only_sells_fruit =only_serves_fish =was_closing =only_sells_flowers =had_closed
 =only_makes_soup =was_about_to_close =only_serves_vegetables =only_opens_at_night""".split(),
           "expensive cold old dirty broken stale =was_sold_out =was_already_sold =was_broken =was_not_ready".split()),
    Family("break", HARD, _verbs("break/broke/broken crush/crushed/crushed smash/smashed/smashed"
                                 " hit/hit/hit damage/damaged/damaged"), FRAGILE,
           "heavy hard strong fast =was_moving_fast =was_made_of_steel =fell_from_the_sky".split(),
           "thin fragile weak delicate brittle =was_made_of_glass =was_made_of_paper =stood_in_the_way".split(), False),
    Family("feed", PEOPLE, _verbs("feed/fed/fed catch/caught/caught chase/chased/chased call/called/called"
                                  " follow/followed/followed watch/watched/watched"), ANIMALS,
           "=wanted_to_help =had_some_time =felt_sorry =loved_animals".split(),
           "=had_run_away =barked_loudly =had_long_ears =wagged_its_tail =had_hurt_its_leg".split(), False),
    Family("help", PEOPLE, _verbs("help/helped/helped save/saved/saved comfort/comforted/comforted"
                                  " visit/visited/visited cure/cured/cured"), PEOPLE,
           ["kind", "generous", "good", "brave", "=wanted_to_be_nice", "=felt_sorry"],
           ["ill", "hurt", "weak", "poor", "lost", "sad", "=was_in_danger", "=needed_help", "=had_fallen"], False),
    Family("thank", PEOPLE, _verbs("thank/thanked/thanked praise/praised/praised reward/rewarded/rewarded"
                                   " love/loved/loved"), PEOPLE,
           ["grateful", "thankful", "=was_very_pleased", "=felt_grateful"],
           ["kind", "brave", "honest", "=had_helped", "=had_worked_hard", "=had_told_the_truth"], False),
    Family("punish", PEOPLE, _verbs("punish/punished/punished scold/scolded/scolded blame/blamed/blamed"), PEOPLE,
           ["angry", "strict", "cruel", "=had_lost_patience"],
           ["rude", "late", "naughty", "guilty", "=had_told_a_lie", "=had_broken_the_law", "=had_stolen_bread"], False),
)

IRREGULAR = {"man": "men", "woman": "women", "child": "children", "mouse": "mice", "goose": "geese", "sheep": "sheep",
             "deer": "deer", "wolf": "wolves", "fish": "fish", "ox": "oxen", "calf": "calves", "loaf": "loaves",
             "shelf": "shelves", "knife": "knives", "gentleman": "gentlemen", "bus": "buses", "hero": "heroes",
             "potato": "potatoes", "box": "boxes", "dress": "dresses", "sandwich": "sandwiches", "bench": "benches",
             "princess": "princesses", "axe": "axes"}
UNCOUNTABLE = {"bread", "meat", "rice", "cheese", "soup", "salad", "pudding", "iron", "glass", "fish", "sheep", "deer",
               "ox", "sea", "ocean", *POURED}


def plural(noun: str) -> str:
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s"


TIMES = ("yesterday", "that day", "this morning", "in the evening", "last night", "one day", "once", "at noon",
         "in winter", "on monday", "after dinner", "before the rain", "in the end", "at last", "then", "for a while")
PLACES = ("in the village", "near the town", "in the country", "by the church", "on the farm", "behind the mill",
          "in the city", "at home", "beside the station", "outside")
OPENINGS = ("It was raining.", "The sun was shining.", "It was late.", "Nobody spoke.", "The night was cold.", "We waited.",
            "I remember it well.", "Listen to this story.", "The wind was blowing.", "Everybody was surprised.",
            "I was there.", "They all looked up.", "What a pity!", "Winter had come.", "The bell rang.")
ENDINGS = ("So we went home.", "In the end, nothing happened.", "We were sorry.", "Then the rain began.", "I laughed.",
           "Nobody was surprised.", "That is all.", "We all saw it.", "The others waited.", "Later, they forgot it.")
SAYERS = ("I think that", "he said that", "she told us that", "we heard that", "they say that", "i know that",
          "everyone knew that", "the old man said that", "it seems that", "of course", "perhaps")
SIZES = ("old", "young", "little", "poor", "brown", "white", "black", "big", "small", "beautiful", "strange", "good",
         "new", "first", "other", "same", "great", "fine")
DEGREES = ("too", "too", "too", "so", "very", "really", "far too", "much too", "a little too", "quite", "rather", "")
BECAUSE = ("because", "because", "because", "since", "as", "for", "simply because", "just because")
ARTICLES = ("the", "the", "the", "the", "a", "my", "our", "his", "her", "this", "that", "their")
