-- Version 1. All durable writes of an iModel update its row in itwin.imodel first, on condition of its epoch: that row's lock orders them.
create table itwin.imodel (
    key text primary key,
    epoch bigint not null,
    token uuid not null,                    -- of this taking: tells an owner whose answer was lost that it was the one
    owner_name text not null,
    owner_address text not null,
    owner_process integer not null,
    taken timestamptz not null,
    renewed timestamptz not null,
    released boolean not null default false,
    position bigint not null default 0,     -- of the newest chunk
    sequence bigint not null default 0,     -- of the newest record
    journal_bytes bigint not null default 0 -- of the chunks that are not in the base
) with (fillfactor = 50);                   -- room for updates in place: every append makes one

create table itwin.base (
    key text primary key references itwin.imodel,
    position bigint not null,               -- of the last chunk that is in it
    epoch bigint not null,
    file_name text not null,                -- in the file store
    size bigint not null,
    hash bytea not null,                    -- SHA-256
    published timestamptz not null
);

create table itwin.chunk (
    key text not null references itwin.imodel,
    position bigint not null,
    epoch bigint not null,
    content bytea not null,
    hash bytea not null,
    primary key (key, position)
);
alter table itwin.chunk alter column content set storage external; -- it is compressed already

create table itwin.commit (
    key text not null references itwin.imodel,
    sequence bigint not null,
    epoch bigint not null,
    recorded timestamptz not null,
    record bytea not null,                  -- UTF-8 JSON
    primary key (key, sequence)
);

create table itwin.file (
    key text not null references itwin.imodel,
    name text not null,                     -- for example versions/3.bim
    epoch bigint not null,
    file_name text not null,                -- in the file store
    size bigint not null,
    hash bytea not null,
    published timestamptz not null,
    primary key (key, name)
);
