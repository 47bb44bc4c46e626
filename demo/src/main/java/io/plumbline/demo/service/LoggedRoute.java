package io.plumbline.demo.service;

/** Prints each request that it hands on: path, status, when it began and ended in nanoseconds, and the answer. */
record LoggedRoute(String path, Route route) implements Route {
    @Override
    public Reply answer(Parameters parameters) {
        long began = System.nanoTime();
        Reply reply = route.answer(parameters);
        long ended = System.nanoTime();
        System.out.println(path + " " + reply.status() + " " + began + " " + ended + " " + reply.body());
        return reply;
    }
}
