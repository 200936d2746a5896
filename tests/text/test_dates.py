from itertools import pairwise

import pytest

from kg.text.dates import find_dates, reference_after
from kg.text.edtf import Period

PUBLISHED = "2025-01-06"  # a Monday

ABSOLUTE = [
    ("It was signed on 5 November 2024 in Paris.", "5 November 2024", "2024-11-05"),
    ("It was signed on Nov. 5, 2024, in Paris.", "Nov. 5, 2024", "2024-11-05"),
    ("It was signed on the 5th of November, 2024.", "5th of November, 2024", "2024-11-05"),
    ("It was signed on Tuesday, November 5, 2024.", "Tuesday, November 5, 2024", "2024-11-05"),
    ("The log gives 2024-11-05 as the day.", "2024-11-05", "2024-11-05"),
    ("Talks began in November 2024.", "November 2024", "2024-11"),
    ("Talks began in late November 2024.", "late November 2024", "2024-11"),
    ("War has raged since 2022.", "2022", "2022"),
    ("They broke the 2015 nuclear deal.", "2015", "2015"),
    ("They broke the pact (2015) at once.", "2015", "2015"),
    ("A treaty of 2017 allows it.", "2017", "2017"),
    ("The base closed in mid-2023.", "mid-2023", "2023"),
    ("The base closed at the end of 2023.", "the end of 2023", "2023"),
    ("It fell in the first quarter of 2024.", "the first quarter of 2024", "2024-01/2024-03"),
    ("It fell in the second half of 2024.", "the second half of 2024", "2024-07/2024-12"),
    ("They fought from 2014 to 2018.", "2014 to 2018", "2014/2018"),
    ("They fought between 2014 and 2018.", "2014 and 2018", "2014/2018"),
    ("They fought in the 1990s.", "the 1990s", "1990/1999"),
    ("They fought in the summer of 2006.", "the summer of 2006", "2006"),
    ("They met on 5-7 May 2024.", "5-7 May 2024", "2024-05-05/2024-05-07"),
    ("They met from 5 to 7 May 2024.", "5 to 7 May 2024", "2024-05-05/2024-05-07"),
    ("They met on May 5-7, 2024.", "May 5-7, 2024", "2024-05-05/2024-05-07"),
    ("They met on 29 February 2024.", "29 February 2024", "2024-02-29"),
    ("They met on 5 and 6 May 2024.", "5 and 6 May 2024", "2024-05-05/2024-05-06"),
    ("They met on May 5 and 6, 2024.", "May 5 and 6, 2024", "2024-05-05/2024-05-06"),
    ("It fell on the night of 5 May 2024.", "the night of 5 May 2024", "2024-05-05"),
    ("It fell in the night to 5 May 2024.", "the night to 5 May 2024", "2024-05-05"),
    ("It came on the eve of 1 May 2024.", "the eve of 1 May 2024", "2024-04-30"),
    ("It fell in the week of 5 May 2024.", "the week of 5 May 2024", "2024-05-05/2024-05-11"),
    ("It fell in the week ending 5 May 2024.", "the week ending 5 May 2024", "2024-04-29/2024-05-05"),
    ("It fell in the first three months of 2024.", "the first three months of 2024", "2024-01/2024-03"),
    ("It fell in the last two months of 2024.", "the last two months of 2024", "2024-11/2024-12"),
    ("It fell in the season 2014-15.", "2014-15", "2014/2015"),
    ("It fell in the years 2014 to 2018.", "2014 to 2018", "2014/2018"),
    ("It fell as recently as 2019.", "as recently as 2019", "2019"),
    ("It was founded after 9/11.", "9/11", "2001-09-11"),
]

ANCHORED = [
    ("It fired on 5 November.", "5 November", "2024-11-05"),
    ("It fired on November 5.", "November 5", "2024-11-05"),
    ("The vote on 20 January is near.", "20 January", "2025-01-20"),
    ("It fired in March.", "March", "2024-03"),
    ("It fired in May.", "May", "2024-05"),
    ("January's launch was the first.", "January", "2025-01"),
    ("It fired in early January.", "early January", "2025-01"),
    ("It fired in November last year.", "November last year", "2024-11"),
    ("It fired on 17 June last year.", "17 June last year", "2024-06-17"),
    ("It fired last November.", "last November", "2024-11"),
    ("It fired last January.", "last January", "2024-01"),
    ("It may fire next March.", "next March", "2025-03"),
    ("It fired on Monday.", "Monday", "2025-01-06"),
    ("It fired on Tuesday.", "Tuesday", "2024-12-31"),
    ("Monday's launch was the first.", "Monday", "2025-01-06"),
    ("It fired last Monday.", "last Monday", "2024-12-30"),
    ("It will fire next Monday.", "next Monday", "2025-01-13"),
    ("It fired late on Friday night.", "late on Friday night", "2025-01-03"),
    ("It fired yesterday.", "yesterday", "2025-01-05"),
    ("It fired today.", "today", "2025-01-06"),
    ("It fires tomorrow.", "tomorrow", "2025-01-07"),
    ("It fired overnight.", "overnight", "2025-01-05/2025-01-06"),
    ("It fired last night.", "last night", "2025-01-05"),
    ("It fired last week.", "last week", "2025-01"),
    ("It will fire next week.", "next week", "2025-01"),
    ("It fired this week.", "this week", "2025-01"),
    ("It fired last weekend.", "last weekend", "2025-01-04/2025-01-05"),
    ("It fired earlier this month.", "earlier this month", "2025-01"),
    ("It fired last month.", "last month", "2024-12"),
    ("It will fire next month.", "next month", "2025-02"),
    ("Last year's tests were many.", "Last year", "2024"),
    ("He leaves this year.", "this year", "2025"),
    ("It fired three years ago.", "three years ago", "2022"),
    ("It fired 3 days ago.", "3 days ago", "2025-01-03"),
    ("It fired a week ago.", "a week ago", "2024-12-30"),
    ("It fired three weeks ago.", "three weeks ago", "2024-12"),
    ("It fired two months ago.", "two months ago", "2024-11"),
    ("They left last spring.", "last spring", "2024"),
    ("He warned in the spring.", "the spring", "2024"),
    ("He spoke on New Year's Eve.", "New Year's Eve", "2024-12-31"),
    ("They met from March to May.", "March to May", "2024-03/2024-05"),
    ("It fell in the third quarter.", "the third quarter", "2024-07/2024-09"),
    ("It fell in late summer.", "late summer", "2024"),
    ("It fell on Friday last week.", "Friday last week", "2025-01-03"),
    ("It fell this past Friday.", "this past Friday", "2025-01-03"),
    ("It is due this coming Friday.", "this coming Friday", "2025-01-10"),
    ("It is due two weeks from now.", "two weeks from now", "2025-01-20"),
    ("It fell a fortnight ago.", "a fortnight ago", "2024-12-23"),
    ("It fell two nights ago.", "two nights ago", "2025-01-04"),
    ("It fell twenty-five years ago.", "twenty-five years ago", "2000"),
    ("It fell over the weekend.", "the weekend", "2025-01-04/2025-01-05"),
    ("It came between 8 and 13 October.", "8 and 13 October", "2024-10-08/2024-10-13"),
    ("It came between October and December.", "October and December", "2024-10/2024-12"),
    ("It came from 30 November to 2 December.", "30 November to 2 December", "2024-11-30/2024-12-02"),
]  # fmt: skip

NOT_DATES = [
    "Some 1,500 soldiers crossed.",
    "Some 2000 soldiers crossed.",
    "They burned 40 houses in 2000 villages.",
    "In March 20 people died, he may say.",
    "Article 5 was invoked.",
    "Resolution 1718 was adopted.",
    "They may march on the capital.",
    "Theresa May expelled the envoys.",
    "A call by May changed nothing.",
    "The March on the palace went on.",
    "Ms April Young spoke at 03:00 GMT.",
    "The Sunday Times reported it.",
    "The Good Friday Agreement holds.",
    "They drill every Friday.",
    "They pray on Fridays.",
    "It flew 1,100 km at 2024.5 m.",
    "The fall of the city shook the world.",
    "They want 2050 tanks.",
    "Missile 5-7 hit the range.",
    "Sentenced to 27 years and three months.",
    "They fasted in Ramadan.",
    "It came half a year ago.",
    "It came a year to the day after the vote.",
]

BACKWARDS = [
    ("It fired on 5 November. Two days later it stopped.", "Two days later", "2024-11-07"),
    ("It fired on 5 November. Two days earlier it drilled.", "Two days earlier", "2024-11-03"),
    ("It fired on 5 November. The same day it spoke.", "The same day", "2024-11-05"),
    ("It fired on 5 November and spoke that night.", "that night", "2024-11-05"),
    ("It fired on 5 November and spoke the next day.", "the next day", "2024-11-06"),
    ("It fired on 5 November and drilled the previous day.", "the previous day", "2024-11-04"),
    ("It fired on 5 November after drilling the day before.", "the day before", "2024-11-04"),
    ("It fired on 5 November. Hours later it spoke.", "Hours later", "2024-11-05"),
    ("It fired on 5 November. A week later it spoke.", "A week later", "2024-11-12"),
    ("It fired in November 2022. A month later it spoke.", "A month later", "2022-12"),
    ("It fired in November 2022. A year later it spoke.", "A year later", "2023"),
    ("It fired in February 2020 and later that year spoke.", "later that year", "2020"),
    ("It fired in February 2020; that June it spoke.", "that June", "2020-06"),
    ("It fired in November 2022; the following March it spoke.", "the following March", "2023-03"),
    ("It fired on 5 November 2022 and by the end of the month spoke.", "the end of the month", "2022-11"),
]  # fmt: skip


def found(text, published=PUBLISHED, **options):
    mentions = find_dates(text, published, **options)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    return {m.text: m.value for m in mentions}


@pytest.mark.parametrize(("text", "words", "value"), ABSOLUTE)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_a_date_with_its_year_needs_no_anchor(text, words, value, published):
    assert found(text, published) == {words: value}


@pytest.mark.parametrize(("text", "words", "value"), ANCHORED)
def test_words_without_a_year_are_anchored_on_the_publication(text, words, value):
    assert found(text) == {words: value}


@pytest.mark.parametrize(("text", "words", "value"), ANCHORED)
def test_without_publication_the_same_words_are_found_and_have_no_value(text, words, value):
    assert set(found(text, None).values()) == {None}


@pytest.mark.parametrize("text", NOT_DATES)
def test_figures_names_and_verbs_give_nothing(text):
    assert found(text) in ({}, {"March": "2024-03"})


def test_month_before_counted_things_keeps_the_month_alone():
    assert found("In March 20 people died.") == {}


@pytest.mark.parametrize(("text", "words", "value"), BACKWARDS)
def test_words_that_point_back_follow_the_date_last_spoken_of(text, words, value):
    assert found(text)[words] == value


def test_words_that_point_back_have_no_value_where_nothing_was_said():
    assert found("Two days later it stopped.") == {"Two days later": None}


def test_words_that_point_back_reach_into_the_paragraph_before():
    before = find_dates("It fired on 5 November and has grown since 2022.", PUBLISHED)
    reference = reference_after(before, None)
    assert reference == "2024-11-05"
    assert found("Two days later it stopped.", reference=reference) == {"Two days later": "2024-11-07"}


def test_reference_is_kept_where_a_paragraph_has_no_date():
    assert reference_after([], "2024-11") == "2024-11"


def always(start, end):
    return True


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It will meet on Tuesday.", "2025-01-07"),
        ("It will meet on Monday.", "2025-01-06"),
        ("It will meet on 5 November.", "2025-11-05"),
        ("It will meet in March.", "2025-03"),
        ("It will meet by late April.", "2025-04"),
        ("It will meet in January.", "2025-01"),
    ],
)
def test_future_takes_the_coming_day(text, value):
    assert list(found(text, ahead=always).values()) == [value]
    assert list(found(text, ahead=always)) == list(found(text))


@pytest.mark.parametrize(
    ("published", "value"),
    [("2025-01-06", "2025-01-06"), ("2025-01-20", "2025-01-05"), ("2024-01-08", "2024-01-05")],
)
def test_a_weekday_that_contradicts_its_date_yields_except_to_a_publication_one_day_off(published, value):
    (mention,) = find_dates("It fired on Monday, 5 January.", published)
    assert (mention.value, mention.kind) == (value, "disputed")


def test_a_weekday_that_agrees_with_its_date_is_no_dispute():
    (mention,) = find_dates("It fired on Sunday, 5 January.", PUBLISHED)
    assert (mention.value, mention.kind) == ("2025-01-05", "yearless")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was downed on Friday, a day after jets had bombed a camp.", "2025-01-02"),
        ("It was downed on Friday, two days before the vote.", "2025-01-05"),
        ("Three days after taking the town, the rebels paraded on Friday.", "2024-12-31"),
        ("SEOUL, 6 January 2025 - Three days after taking it, they paraded on Friday.", "2024-12-31"),
        ("They paraded. It came three days after the vote.", None),
        ("They paraded on Friday, hours after taking it.", "2025-01-03"),
        ("They paraded in November, days after taking it.", "2024-11"),
        ("They paraded in November, some weeks after taking it.", "2024"),
    ],
)
def test_an_offset_dates_what_follows_it_by_the_date_of_its_sentence(text, value):
    (mention,) = [m for m in find_dates(text, PUBLISHED) if m.kind == "offset"]
    assert mention.value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They paraded one day after the vote of 5 March 2024.", "2024-03-06"),
        ("They paraded two days before the vote on 5 March 2024.", "2024-03-03"),
        ("They paraded hours after the vote on 5 March 2024.", "2024-03-05"),
    ],
)
def test_an_offset_dates_what_stands_before_it_by_the_date_of_what_follows(text, value):
    assert value in [m.value for m in find_dates(text, PUBLISHED) if m.kind == "anaphoric"]


def test_what_is_to_come_is_no_date_to_count_from():
    text = "On Friday they met. They fly home on Saturday. Hours later it fell."
    values = found(text, ahead=lambda start, end: "Saturday" in text[start:end])
    assert (values["Saturday"], values["Hours later"]) == ("2025-01-11", "2025-01-03")


@pytest.mark.parametrize(("tense", "value"), [(False, "2024-12-20"), (True, "2024-12-20")])
def test_a_day_a_few_weeks_off_is_meant_whatever_the_tense(tense, value):
    assert found("It meets on 20 December.", ahead=lambda *_: tense) == {"20 December": value}


@pytest.mark.parametrize("words", ["for three weeks", "within 60 days", "over the past two weeks", "for years"])
def test_a_duration_is_found_and_has_no_value(words):
    (mention,) = find_dates(f"They fought {words}.", PUBLISHED)
    assert (mention.kind, mention.value) == ("duration", None)


@pytest.mark.parametrize(("published", "value"), [("2023-03-08", "2023-03"), ("2023-03-03", "2023-02")])
def test_last_week_is_as_wide_as_the_month_that_held_most_of_it(published, value):
    assert found("It fired last week.", published) == {"last week": value}


@pytest.mark.parametrize("text", ["on 31 February 2024", "on 30 February", "on 0 May 2024", "on 99 May", "9999-99-99"])
def test_days_that_the_calendar_lacks_have_no_value(text):
    assert not any(value and len(value) == 10 for value in found(text).values())


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_no_error(published):
    text = "Last week, next week, on Monday, next Monday, yesterday, tomorrow, last year, next year, overnight, this weekend, last weekend, 99 years ago, in March, on 29 February."
    assert find_dates(text, published)


def test_offsets_count_code_points_and_survive_odd_spaces():
    text = "🚀🚀 김정은: on 5\u00a0November, 2024."
    (mention,) = find_dates(text, None)
    assert (text[mention.start : mention.end], mention.value) == ("5\u00a0November, 2024", "2024-11-05")


def test_several_dates_come_in_order_without_overlap():
    text = "Between 8 and 13 October, on Monday, in March 2024 and since 2022 it fired; two days later it spoke."
    mentions = find_dates(text, PUBLISHED)
    assert [m.value for m in mentions[:4]] == ["2024-10-08/2024-10-13", "2025-01-06", "2024-03", "2022"]
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize("text", ["2024-13", "24-11", "", "2024-11-05-06", "２０２４", "20x4", "2024-02-30", "-2024"])
def test_period_refuses_what_is_no_edtf_of_a_day_month_or_year(text):
    assert Period.parse(text) is None


def test_period_of_an_interval_is_its_end():
    assert str(Period.parse("2024-10-08/2024-10-13")) == "2024-10-13"
