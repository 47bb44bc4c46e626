package io.plumbline.pipeline.faults;

import io.plumbline.pipeline.faults.Trouble.Answer;
import java.util.Map;
import java.util.Optional;

/** What breaks. */
enum Fault {
    NOTHING("nothing") {},
    STATUS_429("429 with Retry-After, three times", true) {
        @Override
        Trouble trouble(Cell cell) {
            return first(3, Answer.status(429, Map.of("Retry-After", "1")));
        }
    },
    STATUS_500("500, then 503, twice each", true) {
        @Override
        Trouble trouble(Cell cell) {
            return (call, numbers, dialect) ->
                    call <= 4 ? Answer.status(call <= 2 ? 500 : 503, Map.of()) : Answer.taken();
        }
    },
    STATUS_401("401, once", true) {
        @Override
        Trouble trouble(Cell cell) {
            return first(1, Answer.status(401, Map.of()));
        }
    },
    STATUS_400("400 for some", true) {
        @Override
        Trouble trouble(Cell cell) {
            return (call, numbers, dialect) -> {
                boolean isAnyBad = numbers.stream().anyMatch(Fault::isBad);
                if (!isAnyBad) {
                    return Answer.taken();
                }
                boolean bySignal = dialect.partial(numbers, number -> true, 400) != null;
                return bySignal ? Answer.partial(number -> !isBad(number), 400) : Answer.refused(400);
            };
        }
    },
    STATUS_413("413 above ten signals", true) {
        @Override
        Trouble trouble(Cell cell) {
            return (call, numbers, dialect) -> numbers.size() > 10 ? Answer.status(413, Map.of()) : Answer.taken();
        }
    },
    TIME_OUT("no answer in time, three times", true) {
        @Override
        Trouble trouble(Cell cell) {
            return first(
                    3, Answer.status(200, Map.of()).after(() -> pause(2_000)).silently());
        }
    },
    RESET("taken, then the connection is cut, three times", true) {
        @Override
        Trouble trouble(Cell cell) {
            return first(3, Answer.taken().silently());
        }
    },
    PARTIAL("429 for every third, at first", true) {
        @Override
        Trouble trouble(Cell cell) {
            return (call, numbers, dialect) ->
                    call <= 3 ? Answer.partial(number -> number % 3 != 0, 429) : Answer.taken();
        }

        @Override
        Optional<String> whyNot(Dialect dialect) {
            return dialect == Dialect.ELASTICSEARCH
                    ? Optional.empty()
                    : super.whyNot(dialect).or(() -> Optional.of("the backend's answers name no signals"));
        }
    },
    OVERLOAD("twice as much as the backend can take, little memory", true) {
        @Override
        Trouble trouble(Cell cell) {
            return (call, numbers, dialect) -> Answer.taken().after(() -> pause(Math.max(1, numbers.size() / 4)));
        }

        @Override
        int signals(Dialect dialect) {
            return dialect == Dialect.SENTRY ? 3_000 : 12_000;
        }

        @Override
        int bytes() {
            return 4_000;
        }
    },
    POISON("records that are no OTLP") {
        @Override
        int poison() {
            return 3;
        }
    },
    HOST_KILLED("kill -9 of the exporting process in the middle of a request") {
        @Override
        Trouble trouble(Cell cell) {
            return cell.isScraped()
                    ? Trouble.NONE
                    : (call, numbers, dialect) ->
                            call == 2 ? Answer.taken().after(cell::replaceHost).silently() : Answer.taken();
        }

        @Override
        void inTheMiddle(Cell cell) {
            if (cell.isScraped()) {
                cell.replaceHost();
            }
        }
    },
    HOST_JOINS("a second process joins and leaves") {
        @Override
        void inTheMiddle(Cell cell) throws Exception {
            cell.joinAndLeave();
        }
    },
    BROKER_KILLED("kill -9 of the broker") {
        @Override
        void inTheMiddle(Cell cell) throws Exception {
            cell.replaceBroker(true);
        }
    },
    BROKER_RESTARTED("the broker is restarted") {
        @Override
        void inTheMiddle(Cell cell) throws Exception {
            cell.replaceBroker(false);
        }
    },
    BROKER_FROZEN("the broker stands still for fifteen seconds") {
        @Override
        void inTheMiddle(Cell cell) throws Exception {
            cell.freezeBroker();
        }
    };

    final String words;

    /** Whether it is in how a backend answers. */
    private final boolean isOfBackend;

    Fault(String words) {
        this(words, false);
    }

    Fault(String words, boolean isOfBackend) {
        this.words = words;
        this.isOfBackend = isOfBackend;
    }

    /** What the backend does. */
    Trouble trouble(Cell cell) {
        return Trouble.NONE;
    }

    /** What happens when about a third of the signals were sent. */
    void inTheMiddle(Cell cell) throws Exception {
        // nothing
    }

    /** Why it does not apply to an exporter, in words; empty where it does. */
    Optional<String> whyNot(Dialect dialect) {
        return isOfBackend && dialect.isScraped()
                ? Optional.of("it is scraped and waits for no backend")
                : Optional.empty();
    }

    int signals(Dialect dialect) {
        return 2_000;
    }

    /** Of each signal. */
    int bytes() {
        return 100;
    }

    /** Records among the others that are none. */
    int poison() {
        return 0;
    }

    private static boolean isBad(int number) {
        return number % 100 == 7;
    }

    private static Trouble first(int calls, Answer answer) {
        return (call, numbers, dialect) -> call <= calls ? answer : Answer.taken();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
