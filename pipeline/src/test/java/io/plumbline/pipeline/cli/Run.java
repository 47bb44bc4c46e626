package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of plumb in this process. */
record Run(int code, String out, String err) {

    static Run plumb(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Plumb.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Run(code, out.toString(), err.toString());
    }
}
