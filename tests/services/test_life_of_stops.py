"""Whatever people press, and in whatever order: what always holds for stops."""

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from advisor.journal.fold import fold
from advisor.kernel import AdvisorError, Department, Status, StopId
from advisor.protocol.model import StopReason
from advisor.services.correct_stop import CorrectStop, correct_stop
from advisor.services.declare_stop import DeclareStop, declare_stop
from advisor.services.end_stop import end_stop
from advisor.services.extend_stop import ExtendStop, extend_stop
from tests.world import ADMIN, COORDINATOR, NOW, VELDSTAD, a_world

DEPARTMENTS = (Department.SEH, Department.SR)
MINUTES = st.sampled_from([10, 30, 60])


class LifeOfStops(RuleBasedStateMachine):
    """Presses buttons as time goes by; a refusal changes nothing, and the rules of a stop's life always hold."""

    def __init__(self) -> None:
        super().__init__()
        self.world = a_world()
        self.now = NOW

    @rule(minutes=st.sampled_from([1, 30, 60]))
    def time_goes_by(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(
        department=st.sampled_from([*DEPARTMENTS, Department.SEH, Department.SEH]),
        status=st.sampled_from([Status.RED, Status.RED, Status.ORANGE]),
        minutes=MINUTES,
    )
    def declare(self, department: Department, status: Status, minutes: int) -> None:
        command = DeclareStop(
            hospital=VELDSTAD,
            department=department,
            status=status,
            reason=StopReason.PATIENT_PEAK,
            until=self.later(minutes),
        )
        self.press(lambda: declare_stop(command, actor=COORDINATOR, now=self.now, world=self.world))

    @rule(number=st.integers(0, 2), minutes=MINUTES)
    def extend(self, number: int, minutes: int) -> None:
        command = ExtendStop(stop_id=self.stop(number), until=self.later(minutes))
        self.press(lambda: extend_stop(command, actor=COORDINATOR, now=self.now, world=self.world))

    @rule(number=st.integers(0, 2))
    def end(self, number: int) -> None:
        self.press(lambda: end_stop(self.stop(number), actor=COORDINATOR, now=self.now, world=self.world))

    @rule(number=st.integers(0, 2), minutes=MINUTES, void=st.sampled_from([False, False, False, True]))
    def correct(self, number: int, minutes: int, *, void: bool) -> None:
        until = None if void else self.later(minutes)
        command = CorrectStop(stop_id=self.stop(number), why="vergissing", until=until, void=void)
        self.press(lambda: correct_stop(command, actor=ADMIN, now=self.now, world=self.world))

    @invariant()
    def at_most_one_stop_runs_per_department(self) -> None:
        running = [stop.department for stop in self.world.journal.board().stops.values() if stop.is_running(self.now)]

        assert len(running) == len(set(running))

    @invariant()
    def what_is_shown_is_what_runs(self) -> None:
        board = self.world.journal.board()
        running_now = {stop.department: stop for stop in board.stops.values() if stop.is_running(self.now)}
        for department in DEPARTMENTS:
            running = board.find_running_stop(VELDSTAD, department, self.now)
            assert running == running_now.get(department)
            shown = board.states(self.now).get(VELDSTAD, {}).get(department)
            assert (shown is not None and shown.manual) == (running is not None)

    @invariant()
    def board_is_the_fold_of_the_facts(self) -> None:
        assert fold(self.world.journal.read(0, 1000)) == self.world.journal.board()

    def press(self, button: object) -> None:
        head = self.world.journal.head()
        try:
            button()  # type: ignore[operator]
        except AdvisorError:
            assert self.world.journal.head() == head
        else:
            assert self.world.journal.head() == head + 1

    def later(self, minutes: int) -> datetime:
        return self.now + timedelta(minutes=minutes)

    def stop(self, number: int) -> StopId:
        declared = list(self.world.journal.board().stops)
        return declared[number % len(declared)] if declared else StopId("none")


TestLifeOfStops = LifeOfStops.TestCase
TestLifeOfStops.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
