"""The seeds' shape of a read: FastAPI, an async SQLAlchemy session a request, an ORM entity, a pydantic response model;
with the same row under the same row security as Pulse's. Run by bench/run with uvicorn, one worker."""
import os
import uuid
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel
from sqlalchemy import Column, DateTime, Text, select, text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import declarative_base, sessionmaker

url = urlsplit(os.environ["DATABASE_URL"])
place = {name: values[0] for name, values in parse_qs(url.query).items()}
engine = create_async_engine("postgresql+asyncpg://", pool_size=int(os.environ["DATABASE_REQUEST_CONNECTIONS"]), max_overflow=0,
                             connect_args={"host": place["host"], "port": int(place.get("port", 5432)), "user": url.username,
                                           "database": url.path.lstrip("/"), "server_settings": {"role": "pulse_api"}})
sessions = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
Base = declarative_base()
app = FastAPI()


class Project(Base):
    __tablename__ = "projects"
    id = Column(UUID(as_uuid=True), primary_key=True)
    name = Column(Text)
    description = Column(Text)
    time_zone = Column(Text)
    created_at = Column(DateTime(timezone=True))
    updated_at = Column(DateTime(timezone=True))


class ProjectView(BaseModel):
    id: uuid.UUID
    name: str
    description: str
    time_zone: str
    created_at: datetime
    updated_at: datetime

    class Config:
        orm_mode = True


def tenant(authorization: str = Header()):
    try:
        return jwt.decode(authorization.removeprefix("Bearer "), os.environ["PEER_SECRET"], algorithms=["HS256"])["tid"]
    except jwt.PyJWTError:
        raise HTTPException(401) from None


async def session(tenant_id: str = Depends(tenant)):
    async with sessions() as one, one.begin():
        await one.execute(text("SELECT set_config('pulse.tenant_id', :tenant, true)"), {"tenant": tenant_id})
        yield one


@app.get("/live")
async def live():
    return {"status": "alive"}


@app.get("/projects/{project_id}", response_model=ProjectView)
async def project(project_id: uuid.UUID, one: AsyncSession = Depends(session)):
    found = (await one.execute(select(Project).where(Project.id == project_id))).scalar_one_or_none()
    if found is None:
        raise HTTPException(404)
    return found
