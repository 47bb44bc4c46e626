package io.plumbline.agent.oracle;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.connect.VMStartException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.ExceptionEvent;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.EventRequestManager;
import com.sun.jdi.request.ExceptionRequest;
import com.sun.jdi.request.StepRequest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs a program in a JVM of its own under the debugger interface and executes its main thread instruction by instruction,
 * from {@link SteppedProgram} on.
 */
final class Stepper {
    private static final Path OWN = Path.of("target/test-classes").toAbsolutePath();

    private final Sources sources;
    private final String stepped;
    private final boolean rehearsed;
    private final ArrivalCount count = new ArrivalCount();
    private final Map<Method, SteppedMethod> methods = new HashMap<>();

    /**
     * @param stepped the classes to step through, as in {@code org.example.*}; all others run freely
     * @param rehearsed whether the program runs once before, so that all its classes are initialised: HotSpot shows a debugger no step of those that it
     *     runs while it resolves a static call or field
     */
    Stepper(Sources sources, String stepped, boolean rehearsed) {
        this.rehearsed = rehearsed;
        this.sources = sources;
        this.stepped = stepped;
    }

    /**
     * Runs to the end.
     *
     * @param main a class with a {@code main} method
     */
    ArrivalCount run(String main, String classPath) throws IOException, InterruptedException {
        VirtualMachine machine = launch(main, classPath + File.pathSeparator + OWN);
        try {
            Process process = machine.process();
            drain(process.getInputStream());
            drain(process.getErrorStream());
            ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
            prepared.addClassFilter(SteppedProgram.class.getName());
            prepared.enable();
            // at the end the machine waits, for methods seen last are still to be asked for
            machine.eventRequestManager().createVMDeathRequest().enable();
            follow(machine);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException(main + " ended with " + exit);
            }
        } finally {
            machine.process().destroyForcibly();
        }
        return count;
    }

    private VirtualMachine launch(String main, String classPath) throws IOException {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments
                .get("main")
                .setValue(SteppedProgram.class.getName() + " \"" + sources.classes() + "\" " + main + " " + rehearsed);
        arguments
                .get("options")
                .setValue("-ea -Drounds=" + Integer.getInteger("rounds", 1)
                        + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp \"" + classPath + "\"");
        try {
            return connector.launch(arguments);
        } catch (IllegalConnectorArgumentsException | VMStartException e) {
            throw new IOException(e);
        }
    }

    private static void drain(InputStream output) {
        Thread thread = new Thread(
                () -> {
                    try (output) {
                        output.transferTo(System.err);
                    } catch (IOException e) {
                        // the program has ended
                    }
                },
                "output-of-stepped-program");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(VirtualMachine machine) throws InterruptedException {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof VMDisconnectEvent) {
                        return;
                    }
                    on(event);
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            // the program has ended
        }
    }

    private void on(Event event) {
        if (event instanceof ClassPrepareEvent prepared) {
            stopAtStart(prepared.referenceType());
        } else if (event instanceof BreakpointEvent reached) {
            reached.request().disable();
            step(reached.thread());
        } else if (event instanceof StepEvent step) {
            executed(step.location());
        } else if (event instanceof ExceptionEvent thrown) {
            thrown(thrown.catchLocation());
        }
    }

    private static void stopAtStart(ReferenceType type) {
        Location start = type.methodsByName("step").get(0).location();
        type.virtualMachine()
                .eventRequestManager()
                .createBreakpointRequest(start)
                .enable();
    }

    /** The thread is not stopped at each step: what is needed comes with the events, and they come in order. */
    private void step(ThreadReference thread) {
        EventRequestManager requests = thread.virtualMachine().eventRequestManager();
        StepRequest steps = requests.createStepRequest(thread, StepRequest.STEP_MIN, StepRequest.STEP_INTO);
        steps.addClassFilter(stepped);
        steps.setSuspendPolicy(EventRequest.SUSPEND_NONE);
        steps.enable();
        ExceptionRequest exceptions = requests.createExceptionRequest(null, true, true);
        exceptions.addThreadFilter(thread);
        exceptions.setSuspendPolicy(EventRequest.SUSPEND_NONE);
        exceptions.enable();
    }

    private void executed(Location location) {
        SteppedMethod method = known(location);
        if (method != null) {
            count.step(method, (int) location.codeIndex());
        }
    }

    private void thrown(Location caught) {
        SteppedMethod method = caught == null ? null : known(caught);
        if (method != null) {
            count.caught(method, (int) caught.codeIndex());
        }
    }

    private SteppedMethod known(Location location) {
        return methods.computeIfAbsent(
                location.method(),
                found -> sources.tables(found.declaringType().name()) == null
                        ? null
                        : new SteppedMethod(found, sources));
    }
}
