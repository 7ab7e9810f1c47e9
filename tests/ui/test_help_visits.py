from esa_desktop.ui.help_visits import Visit, Visits


def read(*pages: str) -> Visits:
    visits = Visits()
    for page in pages:
        visits.add(Visit(page))
    return visits


def test_the_way_back_and_forward_is_the_way_that_was_gone() -> None:
    visits = read("a", "b", "c")

    assert [visits.go(-1), visits.go(-1), visits.go(-1)] == [True, True, False]
    assert visits.now == Visit("a")
    assert visits.go(1)
    assert visits.now == Visit("b")


def test_a_new_page_forgets_those_that_lay_ahead() -> None:
    visits = read("a", "b", "c")
    visits.go(-2)
    visits.add(Visit("d"))

    assert (visits.can_go_back, visits.can_go_forward) == (True, False)


def test_the_same_page_again_is_the_same_visit() -> None:
    visits = read("a")
    visits.add(Visit("a", ("คำ",)))

    assert visits.now == Visit("a", ("คำ",))
    assert not visits.can_go_back


def test_a_page_is_left_where_it_was_scrolled_to() -> None:
    visits = read("a")
    visits.leave_at(120)
    visits.add(Visit("b"))
    visits.go(-1)

    assert visits.now == Visit("a", place=120)


def test_before_the_first_page_there_is_nowhere_to_go() -> None:
    visits = Visits()
    visits.leave_at(5)

    assert visits.now is None
    assert not visits.go(1)
    assert (visits.can_go_back, visits.can_go_forward) == (False, False)
