package io.plumbline.e2e;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A debugger that counts how often its breakpoints are hit and lets the program go on. */
final class Debugger implements AutoCloseable {
    private final VirtualMachine machine;
    private final AtomicInteger hits = new AtomicInteger();

    private Debugger(VirtualMachine machine) {
        this.machine = machine;
    }

    /** Attaches to a JVM that listens on a port of the loopback interface. */
    static Debugger attach(String port) throws Exception {
        AttachingConnector socket = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = socket.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(port);
        Debugger debugger = new Debugger(socket.attach(arguments));
        Thread thread = new Thread(debugger::listen, "debugger");
        thread.setDaemon(true);
        thread.start();
        return debugger;
    }

    /** Stands at every place that the debugger's own view of a line has. */
    void breakAt(String className, int line) throws Exception {
        for (ReferenceType type : machine.classesByName(className)) {
            for (Location location : type.locationsOfLine(line)) {
                BreakpointRequest request = machine.eventRequestManager().createBreakpointRequest(location);
                request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                request.enable();
            }
        }
    }

    int hits() {
        return hits.get();
    }

    private void listen() {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof BreakpointEvent) {
                        hits.incrementAndGet();
                    }
                }
                events.resume();
            }
        } catch (InterruptedException | VMDisconnectedException e) {
            // the program has ended
        }
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException e) {
            // it ended before
        }
    }
}
